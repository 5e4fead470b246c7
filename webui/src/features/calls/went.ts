// How a call went: its symbol and its word.
import type { Call } from '../../lib/api/box';
import type { Key } from '../../lib/i18n/i18n.svelte';
import type { Look } from '../../lib/ui/Status.svelte';

export const WENT: Record<Call['went'], { look: Look; word: Key }> = {
  up: { look: 'talking', word: 'went.up' },
  answered: { look: 'ok', word: 'went.answered' },
  voicemail: { look: 'held', word: 'went.voicemail' },
  missed: { look: 'offline', word: 'went.missed' },
  emergency: { look: 'bad', word: 'went.emergency' },
  failed: { look: 'bad', word: 'went.failed' },
};
