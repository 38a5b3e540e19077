import type { paths } from './schema';
import { Problem } from './problem';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P][M];
type Content<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined;
type Answer<O> = O extends { responses: infer R }
  ? R extends { 200: infer Ok }
    ? Content<Ok>
    : R extends { 201: infer Created }
      ? Content<Created>
      : undefined
  : never;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : undefined;

/** What the query of a list may carry. */
export interface ListQuery {
  filter?: string;
  sort?: string;
  cursor?: string;
  limit?: number;
}

interface Options<Body> {
  id?: string;
  query?: ListQuery;
  body?: Body;
  signal?: AbortSignal;
}

const BASE = '/api/v1';
let csrfToken: string | undefined;

/** Every change carries the session's token, so that no other site can make one with our cookie. */
export function rememberCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

async function send(method: Method, path: string, options: Options<unknown>): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  if (method !== 'get' && csrfToken !== undefined) headers['X-Bulwark-CSRF'] = csrfToken;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(address(path, options), {
      method: method.toUpperCase(),
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw Problem.unreachable();
  }
  if (!response.ok) throw await Problem.of(response);
  if (response.status === 204) return undefined;
  return response.json();
}

function address(path: string, { id, query }: Options<unknown>): string {
  const filled = id === undefined ? path : path.replace('{id}', encodeURIComponent(id));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return BASE + filled + (text === '' ? '' : '?' + text);
}

function caller<M extends Method>(method: M) {
  return <P extends PathsWith<M>>(
    path: P,
    options: Options<BodyOf<Operation<P, M>>> = {},
  ): Promise<Answer<Operation<P, M>>> => send(method, path, options) as Promise<Answer<Operation<P, M>>>;
}

/** Central's API, typed by the contract: `api.get('/alerts/{id}', { id })`. */
export const api = {
  get: caller('get'),
  post: caller('post'),
  put: caller('put'),
  patch: caller('patch'),
  delete: caller('delete'),
};
