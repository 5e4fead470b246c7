// Countries and time zones to choose from at the first boot.
import { countryName } from '../../lib/format/format';
import { currentLanguage } from '../../lib/i18n/i18n.svelte';

/** ISO 3166-1 alpha-2, all that are assigned. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC ' +
  'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD ' +
  'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH ' +
  'KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW ' +
  'MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC ' +
  'SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY ' +
  'UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

export interface Choice {
  value: string;
  label: string;
}

/** All countries by name, in the language of the page. */
export function countries(): Choice[] {
  const order = new Intl.Collator(currentLanguage());
  return CODES.split(' ')
    .map((value) => ({ value, label: countryName(value) }))
    .sort((a, b) => order.compare(a.label, b.label));
}

/** The country that the browser's languages name, as in `de-AT`; the second best is the likely one of its language. */
export function guessCountry(preferred: readonly string[]): string {
  for (const tag of preferred) {
    const region = regionOf(tag, false);
    if (region) return region;
  }
  return regionOf(preferred[0] ?? 'en', true) ?? 'US';
}

function regionOf(tag: string, isGuess: boolean): string | undefined {
  try {
    const locale = new Intl.Locale(tag);
    const region = (isGuess ? locale.maximize() : locale).region;
    return region && CODES.includes(region) ? region : undefined;
  } catch {
    return undefined;
  }
}
