// A change of a table of the office: said, and undoable where it is in the history.
import { may } from './session.svelte';
import { done, failed } from './toasts.svelte';
import { box } from '../lib/api/box';
import { asProblem } from '../lib/api/problem';
import { t } from '../lib/i18n/i18n.svelte';

/** What a save is answered with: the revision is absent where nothing of the office has changed. */
export interface Answer {
  revision?: number | null;
}

/** Says what was saved, and undoes the revision that it is. Where it is none, the newest is somebody else's change. */
export function saved(revision: Answer['revision'], text: string, refresh: () => Promise<void>): void {
  if (typeof revision !== 'number') return done(t('unchanged'));
  const undo = async () => {
    await box.undo(revision);
    await refresh();
  };
  done(text, may('history', 'change') ? undo : undefined);
}

/** What was begun, one after the other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Saves at once, without a form: a fault is a note. Changes that are begun before an earlier one is read back wait for
 * it, and are made of what it has left behind; `work` is nothing where that leaves nothing to do. Whether it was saved.
 */
export function saveAtOnce<Table>(
  seen: () => Table,
  work: (now: Table) => Promise<Answer> | undefined,
  text: string,
  refresh: () => Promise<void>,
): Promise<boolean> {
  const own = last.then(() => saves(seen(), work, text, refresh));
  last = own.catch(() => undefined);
  return own;
}

async function saves<Table>(
  before: Table,
  work: (now: Table) => Promise<Answer> | undefined,
  text: string,
  refresh: () => Promise<void>,
): Promise<boolean> {
  let answer: Answer | undefined;
  try {
    answer = await work(before);
  } catch (error) {
    const problem = asProblem(error);
    failed(problem.isConflict ? t('conflict') : problem.message || t('error.offline'));
  }
  await refresh();
  if (answer) saved(answer.revision, text, refresh);
  return answer !== undefined;
}
