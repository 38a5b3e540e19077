import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import type { Session } from '../api/types';

const READS = ['session.read', 'alert.read', 'inventory.read', 'cluster.read', 'policy.read', 'notifier.read'];

export const ADMIN: Session = {
  name: 'admin',
  role: 'ADMIN',
  permissions: [
    ...READS, 'alert.write', 'cluster.write', 'policy.write', 'notifier.write', 'token.read', 'token.write', 'audit.read', 'setting.read', 'setting.write',
  ],
  scope: { clusterIds: [], namespaces: [] },
  csrfToken: 'the-token',
};
export const VIEWER: Session = { ...ADMIN, name: 'vera', role: 'VIEWER', permissions: READS };

export const API = 'http://bulwark.test/api/v1';

export const server = setupServer();

/** What Central was asked, in order. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  csrf: string | null;
}

/** Lets Central answer a route; gives back what it was asked there. */
export function central(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, reply: JsonBodyType | ((asked: Asked) => Response)): Asked[] {
  const all: Asked[] = [];
  server.use(
    http[method](API + path, async ({ request }) => {
      const url = new URL(request.url);
      const text = await request.clone().text();
      const asked: Asked = {
        method,
        path: url.pathname.slice('/api/v1'.length),
        query: Object.fromEntries(url.searchParams),
        body: text === '' ? undefined : JSON.parse(text),
        csrf: request.headers.get('X-Bulwark-CSRF'),
      };
      all.push(asked);
      return typeof reply === 'function' ? reply(asked) : HttpResponse.json(reply);
    }),
  );
  return all;
}

export function problem(status: number, detail: string, errors?: { field: string; message: string }[]): Response {
  return HttpResponse.json(
    { type: 'about:blank', title: 'A problem', status, detail, ...(errors ? { errors } : {}) },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}
