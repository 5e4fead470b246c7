// What the page asks of the box about whom people call.
import type { components } from '../../api';
import { send } from './send';

export type Directory = components['schemas']['Directory'];
export type Colleague = components['schemas']['Colleague'];
export type Contact = components['schemas']['Contact'];
/** Whose contacts: the reader's own, or the office's phonebook. */
export type Book = 'own' | 'office';

export const directoryBox = {
  directory: (): Promise<Directory> => send('get', '/api/directory'),
  addContact: (book: Book, body: Contact) => send('post', '/api/contacts/{book}', { path: { book }, body }),
  changeContact: (book: Book, name: string, body: Contact, etag: string) =>
    send('put', '/api/contacts/{book}/{name}', { path: { book, name }, body, etag }),
  removeContact: (book: Book, name: string, etag: string) =>
    send('delete', '/api/contacts/{book}/{name}', { path: { book, name }, etag }),
};

/** The version of a book, as it was read. */
export const versionOf = (directory: Directory, book: Book): string =>
  book === 'own' ? directory.own_etag : directory.phonebook_etag;
