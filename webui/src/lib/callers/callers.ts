// A list of callers as it is typed, and as the box has it.
import type { CallerRow } from '../api/callers';
import { instantOf, localOf } from '../format/format';

/** How many the box takes. */
export const MOST = 200;

/** What a caller who is not put through can hear. */
export const HEARS = ['disconnected', 'busy', 'refused'] as const;

/** A row of the form. */
export interface Draft {
  number: string;
  /** `blocked` or `allowed`. */
  means: string;
  /** On the office's clock; empty: for good. */
  until: string;
  note: string;
}

export const EMPTY: Draft = { number: '', means: 'blocked', until: '', note: '' };

/** The digits alone: people write numbers with spaces and strokes. */
export const plain = (number: string): string => number.replaceAll(/[\s()/.-]/g, '').toLowerCase();

export const isPattern = (number: string): boolean => /^\+?[\dx]*\*?$/.test(plain(number)) && plain(number).length > 1 && plain(number).length <= 17;

export const draftOf = (row: CallerRow): Draft => ({
  number: row.number,
  means: row.allow ? 'allowed' : 'blocked',
  until: row.until ? localOf(row.until) : '',
  note: row.note ?? '',
});

export const rowOf = (draft: Draft): CallerRow => ({
  number: plain(draft.number),
  allow: draft.means === 'allowed',
  until: draft.until === '' ? null : (instantOf(draft.until) ?? null),
  note: draft.note.trim() || null,
});
