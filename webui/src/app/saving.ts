// A change of a table of the office: said, and undoable where it is in the history.
import { may } from './session.svelte';
import { done, failed } from './toasts.svelte';
import { box } from '../lib/api/box';
import { asProblem } from '../lib/api/problem';
import { t } from '../lib/i18n/i18n.svelte';

/** Says what was saved. A new secret alone is no revision, and the newest one before it is not to be undone. */
export function saved(before: { revision: number } | undefined, revision: number, text: string, refresh: () => Promise<void>): void {
  const undo = async () => {
    await box.undo(revision);
    await refresh();
  };
  done(text, before?.revision === revision || !may('history', 'change') ? undefined : undo);
}

/** What was begun, one after the other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Saves at once, without a form: a fault is a note. Changes that are begun before an earlier one is read back wait for
 * it, and are made of what it has left behind; `work` is nothing where that leaves nothing to do. Whether it was saved.
 */
export function saveAtOnce<Table extends { revision: number }>(
  seen: () => Table,
  work: (now: Table) => Promise<{ revision: number }> | undefined,
  text: string,
  refresh: () => Promise<void>,
): Promise<boolean> {
  const own = last.then(() => saves(seen(), work, text, refresh));
  last = own.catch(() => undefined);
  return own;
}

async function saves<Table extends { revision: number }>(
  before: Table,
  work: (now: Table) => Promise<{ revision: number }> | undefined,
  text: string,
  refresh: () => Promise<void>,
): Promise<boolean> {
  let revision: number | undefined;
  try {
    revision = (await work(before))?.revision;
  } catch (error) {
    const problem = asProblem(error);
    failed(problem.isConflict ? t('conflict') : problem.message || t('error.offline'));
  }
  await refresh();
  if (revision !== undefined) saved(before, revision, text, refresh);
  return revision !== undefined;
}
