// Whose an extension is already, as far as the page knows: the box judges it again.
import type { Person } from '../../lib/api/box';
import type { FeatureCodeRow } from '../../lib/api/codes';

/** Who has these digits: somebody else, or a code that would be meant when they are dialled. */
export type Holder = { name: string } | { code: string; what: string };

/** Who stands in the way of somebody having this extension. */
export function holderOf(extension: string, own: number | undefined, people: readonly Person[], codes: readonly FeatureCodeRow[]): Holder | undefined {
  const other = people.find((person) => person.extension === extension && person.id !== own);
  if (other) return { name: other.name };
  const claims = ({ code, argument, enabled }: FeatureCodeRow) =>
    enabled && (code === extension || (argument !== 'none' && extension.startsWith(code)));
  const row = codes.find(claims);
  return row && { code: row.code, what: row.does };
}
