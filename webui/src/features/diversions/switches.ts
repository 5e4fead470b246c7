// What is switched on before all rules: how it stands, and what it does, as it is told and as the form has it.
import type { Answering, AnsweringWrite, DiversionRow, KeyRow, SecretaryRow, TargetRow } from '../../lib/api/rules';
import { clock, day, moment } from '../../lib/format/format';
import { t } from '../../lib/i18n/i18n.svelte';
import { KINDS as TARGETS } from '../answering/targets';

/** In the order in which they decide. */
export const SWITCHES = ['secretary', 'dnd', 'always', 'follow_me', 'busy', 'unanswered', 'offline', 'assistant'] as const;
export type SwitchKind = (typeof SWITCHES)[number];

/** Who rings when, of secretaries. */
export const STRATEGIES = ['in_turn', 'boss_then_in_turn', 'boss_then_all', 'all', 'everyone'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Whose calls go to them. */
export const CALLERS = ['all', 'internal', 'external'] as const;

/** What is written before a tag in the list of those who pass. */
const TAG = 'tag ';

/** The numbers and the tags of those who pass. */
export function passOf(pass: readonly string[]): { numbers: string[]; tags: string[] } {
  const tags = pass.filter((one) => one.startsWith(TAG)).map((one) => one.slice(TAG.length));
  return { numbers: pass.filter((one) => !one.startsWith(TAG)), tags };
}

/** The list of those who pass. */
export const passWith = (numbers: readonly string[], tags: readonly string[]): string[] => [...numbers, ...tags.map((tag) => TAG + tag)];

/** How many callers may pass them. */
export const MOST_PASS = 200;

/** How many may be on the list of Follow Me, or answer in somebody's place. */
export const MOST = 10;
export const FIRST_S = 10;
export const LIST_S = 20;

const FOLLOWS = 'when:';

export function rowFor(seen: AnsweringWrite, kind: SwitchKind): DiversionRow {
  return seen.diversions.find((row) => row.kind === kind) ?? { kind, enabled: false };
}

/** A time group that a diversion follows, as it is now. */
export type Followed = Answering['followed'][number];

/** What was said by hand against the time group, while that holds. */
export function forcedOf(row: DiversionRow, now = Date.now()): { isOn: boolean; until?: string } | undefined {
  const [state = '', until] = (row.forced ?? '').split(' until ');
  if (state === '' || (until && Date.parse(until) <= now)) return undefined;
  return { isOn: state === 'open', until };
}

/** As its choice has it: `off`, `on`, or the time group that it follows. What was said by hand goes before that. */
export function stateOf(row: DiversionRow, now = Date.now()): string {
  if (row.enabled === false) return 'off';
  const forced = row.when ? forcedOf(row, now) : undefined;
  if (forced) return forced.isOn ? 'on' : 'off';
  return row.when ? FOLLOWS + row.when : 'on';
}

/** Whether it is on or off by its time group, whatever was said by hand. */
export function groupOf(row: DiversionRow, followed: readonly Followed[]): Followed | undefined {
  return row.enabled === false ? undefined : followed.find(({ name }) => name === row.when);
}

export function statesFor(groups: readonly string[]): { value: string; label: string }[] {
  const follows = groups.map((group) => ({ value: FOLLOWS + group, label: t('diversions.follows', { group }) }));
  return [{ value: 'off', label: t('diversions.off') }, { value: 'on', label: t('diversions.on') }, ...follows];
}

/** Where an answer is asked for that is against a time group: how long. */
export interface End {
  for_good: boolean;
  until: string | null;
}

/**
 * The same row in another state. One that follows a time group goes on following it: what is said against the group holds
 * until that changes next, as by a code, or as long as is said. For good is another state, without the group; so is what the
 * group says already, unless something else was said by hand, which is over then.
 */
export function withState(row: DiversionRow, state: string, followed: readonly Followed[], end?: End, now = Date.now()): DiversionRow {
  const group = groupOf(row, followed);
  const isAsGroupHas = !end && group?.is_open === (state === 'on');
  if (group && isAsGroupHas && forcedOf(row, now) && !state.startsWith(FOLLOWS)) return { ...row, forced: null };
  if (!group || state.startsWith(FOLLOWS) || end?.for_good || isAsGroupHas) {
    const when = state.startsWith(FOLLOWS) ? state.slice(FOLLOWS.length) : null;
    return { ...row, enabled: state !== 'off', when, forced: null };
  }
  const until = end?.until ?? group.changes_at;
  const word = state === 'on' ? 'open' : 'closed';
  return { ...row, forced: until ? `${word} until ${until}` : word };
}

/** What a form makes of the switch that it shows: one without anybody on its list is off for good, whatever it followed. */
export function switched(row: DiversionRow, [was, chosen]: [string, string], followed: readonly Followed[], isEmpty = false): DiversionRow {
  if (chosen === 'off' && isEmpty) return withState(row, 'off', followed, { for_good: true, until: null });
  return chosen === was ? row : withState(row, chosen, followed);
}

/** All diversions, with this one in the place of its kind. */
export function withRow(seen: AnsweringWrite, row: DiversionRow): DiversionRow[] {
  const others = seen.diversions.filter((one) => one.kind !== row.kind);
  return [...others, row];
}

/** How a diversion stands that follows a time group, and until when; nothing of one that does not. */
export function stands(row: DiversionRow, followed: readonly Followed[], now = Date.now()): string | undefined {
  const what = (isOn: boolean) => t(isOn ? 'diversions.on' : 'diversions.off');
  const group = groupOf(row, followed);
  const forced = row.when ? forcedOf(row, now) : undefined;
  if (forced?.until) return t('diversions.hand.until', { what: what(forced.isOn), at: soon(forced.until), group: row.when! });
  if (forced) return t('diversions.hand', { what: what(forced.isOn) });
  if (!group) return undefined;
  const said = { what: what(group.is_open), group: group.name };
  return group.changes_at ? t('diversions.by.until', { ...said, at: soon(group.changes_at) }) : t('diversions.by', said);
}

/** The time of a moment, and its day where that is another. */
const soon = (at: string): string => (day(at) === day(new Date()) ? clock(at) : moment(at));

export function tellTarget(to: TargetRow | null | undefined): string {
  const kind = TARGETS.find((known) => known === to?.kind);
  return to && kind ? t(`diversions.is.${kind}`, { id: to.id }) : t('diversions.own');
}

/** What it does while it is on. */
export function tell(row: DiversionRow): string {
  if (row.kind === 'dnd') return t('diversions.dnd.does');
  if (row.kind === 'secretary') return tellSecretaries(row);
  if (row.kind === 'assistant') return tellKeys(row.keys ?? []);
  if (row.kind !== 'follow_me') return tellTarget(row.to);
  const list = (row.list ?? []).map(({ id }) => id).join(', ');
  if (list === '') return t('diversions.list.empty');
  const first = row.initial_s ?? FIRST_S;
  const rings = t(row.in_turn ? 'diversions.list.turn' : 'diversions.list.all', { list, n: row.ring_s ?? LIST_S });
  return first === 0 ? rings : t('diversions.then', { own: t('diversions.first.says', { n: first }), list: rings });
}

/** Where an assistant's keys lead. */
function tellKeys(keys: readonly KeyRow[]): string {
  if (keys.length === 0) return t('diversions.assistant.empty');
  return keys.map(({ key, to }) => t('diversions.assistant.key', { key, to: tellTarget(to) })).join(', ');
}

/** Who answers in the owner's place, and whose calls. */
function tellSecretaries(row: DiversionRow): string {
  const rows = row.secretaries ?? [];
  if (rows.length === 0) return t('diversions.secretaries.empty');
  const list = rows.map((one) => (one.on === false ? t('diversions.secretaries.one.off', { id: one.extension }) : one.extension)).join(', ');
  const rings = t(`diversions.rings.${strategyOf(row)}`, { list, first: row.initial_s ?? FIRST_S, n: row.ring_s ?? LIST_S });
  const callers = CALLERS.find((known) => known === row.callers) ?? 'all';
  return callers === 'all' ? rings : t(`diversions.callers.${callers}.says`, { rings });
}

export function strategyOf(row: DiversionRow): Strategy {
  return STRATEGIES.find((known) => known === row.strategy) ?? 'in_turn';
}

export const isBossFirst = (strategy: string): boolean => strategy === 'boss_then_in_turn' || strategy === 'boss_then_all';

/** The lines of a field. */
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** A secretary of a line, as in `106 off`; `undefined` where it names none. */
export function secretaryOfLine(line: string): SecretaryRow | undefined {
  const found = /^(\d+)( +off)?$/.exec(line.trim());
  return found ? { extension: found[1]!, on: found[2] === undefined } : undefined;
}

export function lineOfSecretary({ extension, on }: SecretaryRow): string {
  return on === false ? `${extension} off` : extension;
}

export function lineOf({ kind, id }: TargetRow): string {
  return `${kind} ${id}`;
}

/** The target of a line; `undefined` where it says nothing that can ring. */
export function targetOfLine(line: string): TargetRow | undefined {
  const found = /^(phone|number) +([+0-9 ()/.-]*[0-9])$/.exec(line.trim());
  return found ? { kind: found[1]!, id: found[2]! } : undefined;
}

/** Whether this is a number of seconds between the two. */
export function isBetween(text: string, least: number, most: number): boolean {
  return /^\d{1,3}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}
