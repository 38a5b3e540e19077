import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { api, rememberCsrfToken } from '../api/client';
import { Problem } from '../api/problem';
import { SESSION_KEY } from '../api/queries';
import type { Session } from '../api/types';
import { Loading, ProblemState } from '../part/States';

const SessionContext = createContext<Session | undefined>(undefined);

/** Asks who one is; null where nobody has signed in. */
export function useSessionQuery() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: async (): Promise<Session | null> => {
      try {
        const session = await api.get('/session');
        rememberCsrfToken(session.csrfToken);
        return session;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

/** Shows its children to people who have signed in, and the login page to others. */
export function SessionGate({ children }: { children: ReactNode }) {
  const location = useLocation();
  const session = useSessionQuery();
  if (session.isPending) return <Loading what="session" />;
  if (session.isError) return <ProblemState error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === null) {
    const here = location.pathname + location.search;
    return <Navigate to={here === '/' ? '/login' : '/login?to=' + encodeURIComponent(here)} replace />;
  }
  return <SessionContext value={session.data}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('used outside of SessionGate');
  return session;
}

/** Whether the caller has a permission of the contract, say `alert.write`. */
export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await api.delete('/session');
    rememberCsrfToken(undefined);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
    client.setQueryData<Session | null>(SESSION_KEY, null);
  };
}
