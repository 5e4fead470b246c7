// What the page asks of the box about people as a table.
import type { components } from '../../api';
import { send } from './send';

export type PeopleTable = components['schemas']['PeopleTable'];
export type PeopleRow = components['schemas']['PeopleRow'];
export type PeopleImport = components['schemas']['PeopleImport'];
export type PeopleImported = components['schemas']['PeopleImported'];

export const peopleBox = {
  /** What a file says; nothing is changed. */
  read: (file: Blob): Promise<PeopleTable> => send('put', '/api/people/table', { file }),
  /** All rows as one change, or what is wrong with which. */
  bringIn: (body: PeopleImport): Promise<PeopleImported> => send('post', '/api/people/table', { body }),
};
