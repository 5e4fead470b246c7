// What the screens behind the sign-in ask of the box, one function a route; the ways in are in door.ts.
import type { components } from '../../api';
import { address, send } from './send';

type Schemas = components['schemas'];
export type Alert = Schemas['Alert'];
export type Attempt = Schemas['Attempt'];
export type Call = Schemas['Call'];
export type Certificate = Schemas['Certificate'];
export type CheckedBackup = Schemas['CheckedBackup'];
export type Credentials = Schemas['Credentials'];
export type Flood = Schemas['Flood'];
export type FolderName = Schemas['FolderName'];
export type Greeting = Schemas['Greeting'];
export type LiveCall = Schemas['LiveCall'];
export type LiveParty = Schemas['LiveParty'];
export type Message = Schemas['Message'];
export type Messages = Schemas['Messages'];
export type MyChanges = Schemas['MyChanges'];
export type NumberRow = Schemas['NumberRow'];
export type Outside = Schemas['Outside'];
export type Overview = Schemas['Overview'];
export type PermissionName = Schemas['PermissionName'];
export type Person = Schemas['Person'];
export type PersonWrite = Schemas['PersonWrite'];
export type PhoneLine = Schemas['PhoneLine'];
export type PhoneRow = Schemas['PhoneRow'];
export type Revision = Schemas['Revision'];
export type RouteRow = Schemas['RouteRow'];
export type SavedPerson = Schemas['SavedPerson'];
export type System = Schemas['System'];
export type StoryLine = Schemas['StoryLine'];
export type Trunk = Schemas['Trunk'];
export type TrunkExchange = Schemas['TrunkExchange'];
export type TrunkTurn = Schemas['TrunkTurn'];
export type TrunkWrite = Schemas['TrunkWrite'];
export type WhichOwn = Schemas['WhichOwn'];

export const box = {
  changeMe: (body: MyChanges, etag: string) => send('put', '/api/me', { body, etag }),
  changePassword: (current: string, password: string) =>
    send('post', '/api/me/password', { body: { current, new: password } }),
  signIns: () => send('get', '/api/me/sign-ins'),
  changePin: (current: string, pin: string) => send('post', '/api/me/pin', { body: { current, new: pin } }),

  overview: () => send('get', '/api/overview'),
  /** Every phone, where it is registered and whether it is there. */
  phones: () => send('get', '/api/phones'),
  live: () => send('get', '/api/live'),
  /** Who tried wrong passwords of phones. */
  attempts: () => send('get', '/api/attempts'),
  unblock: (source: string) => send('post', '/api/attempts/{source}/unblock', { path: { source } }),
  hangUp: (call: number) => send('post', '/api/live/{call}/hangup', { path: { call } }),

  calls: (query: { q?: string; number?: string; account?: string; before?: number; limit?: number }) => send('get', '/api/calls', { query }),
  /** The address of the calls as a table. */
  callsTable: (query: { account?: string } = {}) => address('/api/calls/export', { query }),
  /** The accounts that the list can be asked for. */
  callAccounts: () => send('get', '/api/calls/accounts'),
  call: (id: number) => send('get', '/api/calls/{id}', { path: { id } }),

  voicemail: (query: { folder: FolderName; before?: number; limit?: number }) => send('get', '/api/voicemail', { query }),
  moveMessage: (id: number, folder: FolderName) =>
    send('post', '/api/voicemail/{id}/move', { path: { id }, body: { folder } }),
  /** The address of a message's sound. */
  audio: (id: number) => address('/api/voicemail/{id}/audio', { path: { id } }),

  /** The address of the messages as a table. */
  messagesTable: () => address('/api/voicemail/export'),
  greeting: () => send('get', '/api/greeting'),
  takeGreeting: (which: WhichOwn, file: Blob) => send('put', '/api/greeting/{which}', { path: { which }, file }),
  /** Has callers hear a recording again that they heard till now; `null`: the box. */
  useGreeting: (which: WhichOwn, id: number | null) =>
    send('post', '/api/greeting/{which}/use', { path: { which }, body: { id } }),
  /** The address of what the box says where there is no greeting; asked anew after each change of the name. */
  spokenAudio: (name: number) => address('/api/greeting/spoken/audio', { query: { name } }),
  /** The address of the sound in use; another one has another address. */
  greetingAudio: (which: WhichOwn, id: number) => address('/api/greeting/{which}/audio', { path: { which }, query: { id } }),

  people: () => send('get', '/api/people'),
  person: (id: number) => send('get', '/api/people/{id}', { path: { id } }),
  addPerson: (body: PersonWrite) => send('post', '/api/people', { body }),
  changePerson: (id: number, body: PersonWrite, etag: string) =>
    send('put', '/api/people/{id}', { path: { id }, body, etag }),
  removePerson: (id: number, etag: string) => send('delete', '/api/people/{id}', { path: { id }, etag }),
  /** A new PIN, made by the box. */
  newPin: (id: number) => send('post', '/api/people/{id}/pin', { path: { id }, body: {} }),
  setPassword: (id: number, password: string) =>
    send('post', '/api/people/{id}/password', { path: { id }, body: { password } }),
  addPhone: (id: number) => send('post', '/api/people/{id}/phones', { path: { id } }),
  removePhone: (id: number, phone: number, etag: string) =>
    send('delete', '/api/people/{id}/phones/{phone}', { path: { id, phone }, etag }),
  newSecret: (id: number, phone: number) =>
    send('post', '/api/people/{id}/phones/{phone}/secret', { path: { id, phone } }),

  /** Trunks, numbers and routes in one piece: they name each other, and have one version. */
  trunks: () => send('get', '/api/trunks'),
  addTrunk: (body: TrunkWrite) => send('post', '/api/trunks', { body }),
  changeTrunk: (id: string, body: TrunkWrite, etag: string) => send('put', '/api/trunks/{id}', { path: { id }, body, etag }),
  removeTrunk: (id: string, etag: string) => send('delete', '/api/trunks/{id}', { path: { id }, etag }),
  /** What comes back is in its state, a moment later. */
  tryTrunk: (id: string) => send('post', '/api/trunks/{id}/try', { path: { id } }),
  /** A call that ends by itself; what comes of it is in the trunk's state. Without a number: one of the office's own. */
  testTrunk: (id: string, number: string) => send('post', '/api/trunks/{id}/test-call', { path: { id }, body: { number: number || null } }),
  setNumbers: (numbers: NumberRow[], etag: string) => send('put', '/api/numbers', { body: { numbers }, etag }),
  setRoutes: (routes: RouteRow[], etag: string) => send('put', '/api/routes', { body: { routes }, etag }),

  system: () => send('get', '/api/system'),
  certificate: () => send('get', '/api/certificate'),
  uploadCertificate: (chain: string, key: string) => send('put', '/api/certificate', { body: { chain, key } }),
  /** Back to the box's own. */
  useOwnCertificate: () => send('delete', '/api/certificate'),
  undoCertificate: () => send('post', '/api/certificate/undo'),

  revisions: (query: { limit: number; until?: string }) => send('get', '/api/revisions', { query }),
  /** One of them, and what has changed since. */
  revision: (id: number) => send('get', '/api/revisions/{id}', { path: { id } }),
  /** The whole office as it was. */
  putBack: (id: number) => send('post', '/api/revisions/{id}/restore', { path: { id } }),
  undo: (id: number) => send('post', '/api/revisions/{id}/undo', { path: { id } }),

  backupState: () => send('get', '/api/backup/state'),
  discardBackup: () => send('delete', '/api/backup'),
  restoreBackup: (id: string) => send('post', '/api/backup/restore', { body: { id } }),
  restoreAtSetup: (id: string, token: string) => send('post', '/api/setup/backup/restore', { body: { id }, token }),
  undoRestore: () => send('post', '/api/backup/undo'),
  discardBefore: () => send('delete', '/api/backup/before'),
};
