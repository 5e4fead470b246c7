// A change of the office in words: the field as the page calls it, its values as people read them.
import type { Revision } from '../../lib/api/box';
import { countryName, fullMoment } from '../../lib/format/format';
import { isKey, LANGUAGES, t, type Key } from '../../lib/i18n/i18n.svelte';

export type Change = Revision['changes'][number];

/** Fields whose values are words of the office file, with where the page has its own words for them. */
const NAMED: Record<string, string> = {
  'person.role': 'role.',
  'person.roles': 'role.',
  'person.permission': 'permission.',
  'authorization.permission': 'permission.',
  'person.account': 'account.entry.',
  'route.account': 'account.entry.',
  'person.blocked_hear': 'change.hears.',
  'person.anonymous_hear': 'change.hears.',
  'diversion.callers': 'change.diversion.callers.',
  'diversion.strategy': 'change.diversion.strategy.',
  'route.class': 'class.',
  'trunk.numbers': 'trunk.numbers.',
  'trunk.way': 'trunk.way.',
};
/** Fields that say where calls go, as in `voicemail 102`. */
const TARGETS = ['rule.always', 'rule.on_active', 'rule.busy', 'rule.unanswered', 'rule.offline', 'diversion.to'];

/** The row that was changed. */
export function rowOf({ table, row, of }: Change): string {
  if (table === 'rule' && row === '') return t('change.row.rule.default', { of: of ?? '' });
  const key = `change.row.${table}${typeof of === 'string' ? '.of' : ''}`;
  const name = table === 'diversion' ? worded(`change.diversion.is.${row}`, row) : row;
  return isKey(key) ? t(key, { name, of: of ?? '' }) : row;
}

/** The field; nothing where the row as a whole came or went. */
export function fieldOf({ table, field }: Change): string | undefined {
  if (field === '') return undefined;
  return worded(`change.${table}.${field}`, field);
}

/** What became of it. */
export function valuesOf(change: Change): { before?: string; after?: string } {
  const { before, after, field, is_secret } = change;
  const [was, is] = [before ?? undefined, after ?? undefined];
  if (field === '') return was === undefined ? { after: t('change.added') } : { before: t('change.removed') };
  if (is_secret) return { after: t(secret(was, is)) };
  return {
    ...(was === undefined ? {} : { before: valueOf(change, was) }),
    ...(is === undefined ? {} : { after: valueOf(change, is) }),
  };
}

function secret(was: string | undefined, is: string | undefined): Key {
  if (is === undefined) return 'change.secret.removed';
  return was === undefined ? 'change.secret.set' : 'change.secret.changed';
}

function valueOf({ table, field }: Change, value: string): string {
  const path = `${table}.${field}`;
  if (value === 'true') return t('yes');
  if (value === 'false') return t('no');
  if (field === 'language') return (LANGUAGES as Record<string, string>)[value] ?? value;
  if (path === 'office.country') return countryName(value);
  if (path === 'caller.until' || path === 'night_mode.since') return fullMoment(value);
  if (field === 'forced') return forced(path, value);
  if (path === 'night_mode.groups' || path === 'night_mode.holds') return nights(path, value);
  if (TARGETS.includes(path)) return target(value);
  if (path === 'diversion.list') return value.split(', ').map(target).join(', ');
  if (path === 'group.members' || path === 'group.managers') return value.split(/, (?=person |extension |group |…)/).map(member).join(', ');
  if (path === 'profile.rights') return value.split(', ').map(right).join(', ');
  if (NAMED[path] !== undefined) return value.split(', ').map((one) => worded(`${NAMED[path]}${one}`, one)).join(', ');
  return value;
}

/** As in `voicemail 102`. */
function target(value: string): string {
  const [kind = '', id = ''] = value.split(' ');
  const key = `change.to.${kind}`;
  return isKey(key) ? t(key, { id }) : value;
}

/** As in `calls: see`. */
function right(value: string): string {
  const [area = '', level = ''] = value.split(': ');
  return isKey(`area.${area}`) ? `${worded(`area.${area}`, area)}: ${worded(`rights.${level}`, level)}` : value;
}

/** As in `person Workshop`, `extension 102` or `group Sales`. */
function member(value: string): string {
  if (value.startsWith('person ')) return value.slice('person '.length);
  const place = value.indexOf(' ');
  const key = `change.member.${value.slice(0, place)}`;
  return isKey(key) ? t(key, { id: value.slice(place + 1) }) : value;
}

/** As in `open until 2026-07-01T16:00:00Z`; without an end it is for good. */
function forced(path: string, value: string): string {
  const [state = '', until] = value.split(' until ');
  const what = worded(`change.${path}.${state}`, state);
  return until === undefined ? t('change.forgood', { what }) : t('change.until', { what, at: fullMoment(until) });
}

/** As in `Open: closed until 2026-07-01T16:00:00Z, Lunch: open`. */
function nights(path: string, value: string): string {
  const isHeld = path.endsWith('holds');
  return value.replace(/: ((open|closed)( until \d{4}-\d\d-\d\dT[\d:.]+Z)?)(?=, |$)/g, (_, whole: string, state: string) =>
    `: ${isHeld ? forced('time_group.forced', whole) : worded(`change.time_group.forced.${state}`, state)}`);
}

function worded(key: string, otherwise: string): string {
  return isKey(key) ? t(key) : otherwise;
}
