// What the box says of the rows of a file.
import type { components } from '../../api';

export type Verdict = components['schemas']['RowVerdict'];
export interface Judged {
  rows: Verdict[];
  problems: string[];
}

export const countOf = (judged: Judged, becomes: Verdict['becomes']): number => judged.rows.filter((row) => row.becomes === becomes).length;

export const hasNothingWrong = (judged: Judged): boolean => judged.problems.length === 0 && countOf(judged, 'wrong') === 0;

/** Whether there is something to save, and nothing to mend. */
export const isGood = (judged: Judged): boolean =>
  hasNothingWrong(judged) && countOf(judged, 'new') + countOf(judged, 'changed') > 0;
