// What a new trunk begins with: what is alike at all carriers of a kind, and of some that tell how their customers' systems
// are to be set up. All of it can be changed afterwards.
import type { Draft } from './draft.svelte';

type Given = Partial<Pick<Draft, 'way' | 'server' | 'transport' | 'codecs' | 'numbers' | 'trusted' | 'identity'>>;

/** What a form has that nobody has filled in: whoever chooses another preset loses nothing of the one before. */
const PLAIN = { way: 'register', server: '', transport: 'udp', codecs: 'pcma pcmu', numbers: 'e164', trusted: false, identity: 'none' } as const satisfies Given;

/** A carrier vouches for who calls. What it is told of who calls it is for somebody to decide who knows the carrier. */
const CARRIER = { trusted: true } as const;
const AMERICAN = { ...CARRIER, codecs: 'pcmu pcma' } as const;

const GIVEN = {
  account: CARRIER,
  address: { ...CARRIER, way: 'address' },
  // Its extensions are dialled as they are.
  system: { ...CARRIER, way: 'address', numbers: 'as_is' },
  // help.sipgate.de, trunking: numbers in full without the +, and the one to show in P-Preferred-Identity.
  sipgate: { ...CARRIER, server: 'sipconnect.sipgate.de', numbers: 'digits', identity: 'preferred' },
  // developers.telnyx.com, SIP trunking: credentials, numbers in E.164.
  telnyx: { ...AMERICAN, server: 'sip.telnyx.com' },
  // twilio.com/docs/sip-trunking: each trunk has a name of its own before this, and knows the box by its address.
  twilio: { ...AMERICAN, way: 'address', server: '.pstn.twilio.com' },
} as const satisfies Record<string, Given>;

export type Preset = keyof typeof GIVEN;
export const PRESETS = Object.keys(GIVEN) as Preset[];

/** Fills the form with what is known of such a trunk. */
export const begin = (draft: Draft, preset: Preset): Draft => Object.assign(draft, PLAIN, GIVEN[preset]);
