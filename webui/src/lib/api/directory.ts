// What the page asks of the box about whom people call.
import type { components } from '../../api';
import { address, send } from './send';

export type Directory = components['schemas']['Directory'];
export type Colleague = components['schemas']['Colleague'];
export type Contact = components['schemas']['Contact'];
export type Contacts = components['schemas']['Contacts'];
export type ContactRow = components['schemas']['ContactRow'];
export type ContactTable = components['schemas']['ContactTable'];
export type ContactsImport = components['schemas']['ContactsImport'];
export type ContactsImported = components['schemas']['ContactsImported'];
/** Whose contacts: the reader's own, or the office's phonebook. */
export type Book = 'own' | 'office';

export const directoryBox = {
  directory: (): Promise<Directory> => send('get', '/api/directory'),
  addContact: (book: Book, body: Contact) => send('post', '/api/contacts/{book}', { path: { book }, body }),
  changeContact: (book: Book, name: string, body: Contact, etag: string) =>
    send('put', '/api/contacts/{book}/{name}', { path: { book, name }, body, etag }),
  removeContact: (book: Book, name: string, etag: string) =>
    send('delete', '/api/contacts/{book}/{name}', { path: { book, name }, etag }),
  /** The whole book, as an import is taken back. */
  replace: (book: Book, body: Contacts, etag: string) => send('put', '/api/contacts/{book}', { path: { book }, body, etag }),
  /** What a file says; nothing is changed. */
  read: (book: Book, file: Blob): Promise<ContactTable> => send('put', '/api/contact-files/{book}', { path: { book }, file }),
  /** All rows as one change, or what is wrong with which. */
  bringIn: (book: Book, body: ContactsImport): Promise<ContactsImported> => send('post', '/api/contact-files/{book}', { path: { book }, body }),
  /** The address of a book as a file. */
  fileOf: (book: Book, as: 'csv' | 'vcard') => address('/api/contact-files/{book}', { path: { book }, query: { as } }),
};

/** The version of a book, as it was read. */
export const versionOf = (directory: Directory, book: Book): string =>
  book === 'own' ? directory.own_etag : directory.phonebook_etag;
