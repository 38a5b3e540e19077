import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';
import type { Session } from './types';

/** The kinds of things that Central's event stream names; also the first part of the key of each query. */
export type Kind = 'alert' | 'workload' | 'cluster' | 'policy' | 'notifier';

/** Which queries show something of a kind, by the first part of their keys. */
export const SHOWN_IN: Record<Kind, readonly string[]> = {
  alert: ['alert', 'workload', 'policy', 'dashboard'],
  workload: ['workload', 'cluster', 'dashboard'],
  cluster: ['cluster', 'dashboard'],
  policy: ['policy', 'dashboard'],
  notifier: ['notifier'],
};

export const SESSION_KEY = ['session'] as const;

/**
 * The cache of what was read. A 401 from anywhere means that the session has ended: forgetting it brings up the login
 * page, which leads back to where one was.
 */
export function createQueryClient(): QueryClient {
  const forgetSession = (error: unknown) => {
    if (error instanceof Problem && error.status === 401) client.setQueryData<Session | null>(SESSION_KEY, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: forgetSession }),
    mutationCache: new MutationCache({ onError: forgetSession }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 2 && error instanceof Problem && error.isPassing,
        retryDelay: (count) => 500 * 2 ** count,
      },
    },
  });
  return client;
}
