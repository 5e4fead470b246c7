// Changes of the office that are taken back, and can be put back again.
import { saved } from '../../app/saving';
import { failed } from '../../app/toasts.svelte';
import { box } from '../../lib/api/box';
import { asProblem } from '../../lib/api/problem';
import { t } from '../../lib/i18n/i18n.svelte';

/** Takes one change back, and leaves what was changed elsewhere since. */
export async function takeBack(id: number, refresh: () => Promise<void>): Promise<void> {
  try {
    const { revision } = await box.undo(id);
    saved(revision, t('history.undone', { id: String(id) }), refresh);
  } catch (error) {
    failed(t('history.undo.failed', { why: asProblem(error).message }));
  }
  await refresh();
}

/** Puts the whole office back as it was. Whether it was done. */
export async function putBack(id: number, refresh: () => Promise<void>): Promise<boolean> {
  let isDone = false;
  try {
    const { revision } = await box.putBack(id);
    saved(revision, t('history.restored', { id: String(id) }), refresh);
    isDone = true;
  } catch (error) {
    failed(t('history.undo.failed', { why: asProblem(error).message }));
  }
  await refresh();
  return isDone;
}
