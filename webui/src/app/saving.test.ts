import { expect, test, vi } from 'vitest';
import { saveAtOnce, saved } from './saving';
import { dismiss, toasts } from './toasts.svelte';
import { box } from '../lib/api/box';

vi.mock('./session.svelte', () => ({ may: () => true }));
vi.mock('../lib/i18n/i18n.svelte', () => ({ t: (key: string) => key }));

const nothing = () => Promise.resolve();
const clear = () => toasts().forEach(({ id }) => dismiss(id));

test('a save is undone by the revision that it is', async () => {
  clear();
  const undo = vi.spyOn(box, 'undo').mockResolvedValue({ revision: 8 });
  saved(7, 'Saved it', nothing);
  expect(toasts().map(({ text }) => text)).toEqual(['Saved it']);
  await toasts()[0]!.undo!();
  expect(undo).toHaveBeenCalledExactlyOnceWith(7);
});

test('a save that changed nothing says so, and offers no undo of somebody else’s change', () => {
  for (const revision of [null, undefined]) {
    clear();
    saved(revision, 'Saved it', nothing);
    expect(toasts().map(({ text, undo }) => [text, undo])).toEqual([['unchanged', undefined]]);
  }
});

test('what is saved at once and changed nothing is saved too, without an undo', async () => {
  clear();
  expect(await saveAtOnce(() => ({}), () => Promise.resolve({ revision: null }), 'Saved it', nothing)).toBe(true);
  expect(toasts().map(({ text, undo }) => [text, undo])).toEqual([['unchanged', undefined]]);
  clear();
  expect(await saveAtOnce(() => ({}), () => undefined, 'Saved it', nothing)).toBe(false);
  expect(toasts()).toEqual([]);
});
