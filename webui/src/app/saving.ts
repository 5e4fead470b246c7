// A change of a table of the office: said, and undoable where it is in the history.
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
  done(text, before?.revision === revision ? undefined : undo);
}

/** Saves at once, without a form: a fault is a note. Whether it was saved. */
export async function saveAtOnce(before: { revision: number }, work: () => Promise<{ revision: number }>, text: string, refresh: () => Promise<void>): Promise<boolean> {
  let isSaved = false;
  try {
    const { revision } = await work();
    saved(before, revision, text, refresh);
    isSaved = true;
  } catch (error) {
    const problem = asProblem(error);
    failed(problem.isConflict ? t('conflict') : problem.message || t('error.offline'));
  }
  await refresh();
  return isSaved;
}
