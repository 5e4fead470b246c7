// One request to the box: JSON out, JSON in, problems thrown.
import type { paths } from '../../api';
import { currentLocale } from '../i18n/i18n.svelte';
import { asProblem, problemOf } from './problem';

export type Method = 'get' | 'post' | 'put' | 'delete';
/** The paths that the box serves by a method. */
type PathsBy<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
/** What an operation answers when all is well. */
type Answer<O> = O extends { responses: { 200: { content: { 'application/json': infer A } } } } ? A : unknown;
/** What an operation takes as a body. */
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;

export interface Options<B = unknown> {
  /** Values for `{name}` in the path. */
  path?: Record<string, string | number>;
  /** Left out where undefined or empty. */
  query?: Record<string, string | number | undefined>;
  body?: B;
  /** Sent as it is, in place of JSON. */
  file?: Blob;
  /** The row's ETag, as it was read. */
  etag?: string;
  /** The setup's token, where it is not in the body. */
  token?: string;
}

/** A request that hangs is worse than one that fails: the box answers in milliseconds, argon2 in less than a second. */
const TIMEOUT_MS = 20_000;

/** A long sound by a slow wireless LAN; the box gives up earlier and says so. */
const FILE_TIMEOUT_MS = 90_000;

let signedOut: () => void = () => {};

/** Calls back when the box says that the login session is over. */
export function onSignedOut(then: () => void): void {
  signedOut = then;
}

/** The address of a path with its values filled in. */
export function address(path: string, { path: values = {}, query = {} }: Options = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return kept.length > 0 ? `${filled}?${new URLSearchParams(kept.map(([key, value]) => [key, String(value)]))}` : filled;
}

/** Sends it; the answer's body. Throws a Problem. */
export async function send<M extends Method, P extends PathsBy<M>>(
  method: M,
  path: P,
  options: Options<Body<paths[P][M]>> = {},
): Promise<Answer<paths[P][M]>> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': currentLocale() };
  if (method !== 'get') headers['X-Bellbox'] = '1';
  if (options.etag !== undefined) headers['If-Match'] = quoted(options.etag);
  if (options.token !== undefined) headers['X-Setup-Token'] = options.token;
  const init: RequestInit = { method: method.toUpperCase(), headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  if (options.file !== undefined) {
    headers['Content-Type'] = 'application/octet-stream';
    init.body = options.file;
  }
  const timeout = options.file === undefined ? TIMEOUT_MS : FILE_TIMEOUT_MS;
  const { status, isOk, body } = await exchange(address(path, options), init, timeout);
  if (isOk) return body as Answer<paths[P][M]>;
  if (status === 401) signedOut();
  throw problemOf(status, body);
}

async function exchange(url: string, init: RequestInit, timeoutMs: number): Promise<{ status: number; isOk: boolean; body: unknown }> {
  const given = new AbortController();
  const timeout = setTimeout(() => given.abort(new TypeError('no answer in time')), timeoutMs);
  try {
    const response = await fetch(url, { ...init, signal: given.signal });
    const text = await response.text();
    return { status: response.status, isOk: response.ok, body: parsed(text) };
  } catch (error) {
    throw asProblem(error);
  } finally {
    clearTimeout(timeout);
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // A proxy's page, or a placeholder: the status says enough.
    return undefined;
  }
}

function quoted(etag: string): string {
  return etag.endsWith('"') ? etag : `"${etag}"`;
}
