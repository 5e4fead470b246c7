// What the page asks of the box about departments.
import type { components } from '../../api';
import { send } from './send';

export type DepartmentRow = components['schemas']['DepartmentRow'];
export type Departments = components['schemas']['Departments'];

export const departmentsBox = {
  departments: (): Promise<Departments> => send('get', '/api/departments'),
  add: (name: string) => send('post', '/api/departments', { body: { name } }),
  rename: (name: string, after: string, etag: string) =>
    send('put', '/api/departments/{name}', { path: { name }, body: { name: after }, etag }),
  /** Who is in it goes to another one, or with the empty name to none. */
  remove: (name: string, to: string, etag: string) =>
    send('delete', '/api/departments/{name}', { path: { name }, query: to === '' ? { none: 'true' } : { to }, etag }),
};
