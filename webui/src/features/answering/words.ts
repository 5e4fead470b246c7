// A sentence that was read, saved as the row that it says.
import { Problem } from '../../lib/api/problem';
import { t } from '../../lib/i18n/i18n.svelte';
import { rulesBox, type Answering, type AnsweringWrite, type PlainRead } from '../../lib/api/rules';

type Undo = () => Promise<void>;

/** The list with a row in the place of another, or behind all. */
function placed<T>(rows: readonly T[], place: number | null | undefined, row: T): T[] {
  return place === null || place === undefined ? [...rows, row] : rows.map((one, index) => (index === place ? row : one));
}

/** Saves it over what was seen; gives back how to undo it. */
export async function saveRead(who: string, seen: Answering, read: PlainRead): Promise<Undo> {
  if (read.group) return saveGroup(who, read.group);
  // What it was read beside is what it is saved over.
  if (read.etag !== seen.etag) throw new Problem(412, { detail: t('conflict') });
  const all: AnsweringWrite = seen;
  if (read.diversion) {
    await rulesBox.setAnswering(who, { ...all, diversions: placed(seen.diversions, read.place, read.diversion) }, seen.etag);
  } else if (read.rule && read.kind === 'default_rule') {
    await rulesBox.setAnswering(who, { ...all, otherwise: read.rule }, seen.etag);
  } else if (read.rule && typeof read.place === 'number') {
    await rulesBox.setAnswering(who, { ...all, rules: placed(seen.rules, read.place, read.rule) }, seen.etag);
  } else if (read.rule) {
    await rulesBox.addRule(who, read.rule, seen.etag);
  }
  return async () => {
    const { etag } = await rulesBox.answering(who);
    await rulesBox.setAnswering(who, seen, etag);
  };
}

async function saveGroup(who: string, group: NonNullable<PlainRead['group']>): Promise<Undo> {
  const own = ({ name, is_shared }: { name: string; is_shared: boolean }) => name === group.name && !is_shared;
  const { groups, etag } = await rulesBox.times(who);
  const before = groups.find(own);
  if (before) await rulesBox.changeTimes(who, group.name, group, etag);
  else await rulesBox.addTimes(who, group);
  return async () => {
    const now = await rulesBox.times(who);
    if (!before) return void (await rulesBox.removeTimes(who, group.name, now.etag));
    const { name, time_zone, times, number } = before;
    await rulesBox.changeTimes(who, name, { name, time_zone, times, number }, now.etag);
  };
}
