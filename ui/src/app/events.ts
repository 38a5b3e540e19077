import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { SESSION_KEY, SHOWN_IN, type Kind } from '../api/queries';

export type Liveness = 'connecting' | 'live' | 'lost';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Which queries a `changed` event makes stale; a kind that this page does not know yet concerns none. */
export function staleKeys(data: string): Set<string> {
  const keys = new Set<string>();
  const event = JSON.parse(data) as { kinds?: unknown };
  for (const kind of Array.isArray(event.kinds) ? event.kinds : []) {
    for (const key of SHOWN_IN[kind as Kind] ?? []) keys.add(key);
  }
  return keys;
}

/** How long to wait before the next attempt: doubling, with jitter so that many pages do not come back at once. */
export function waitBefore(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return longest / 2 + (longest / 2) * random;
}

/**
 * Keeps what is shown current by Central's event stream. A hidden page lets go of the stream, since a browser allows
 * six connections to one server for all its pages, and reads everything again when it is shown.
 */
export function useLiveUpdates(enabled: boolean): Liveness {
  const client = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  useEffect(() => {
    if (!enabled || typeof EventSource === 'undefined') return undefined;
    return listen(client, setLiveness);
  }, [client, enabled]);
  return liveness;
}

function listen(client: QueryClient, report: (liveness: Liveness) => void): () => void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let attempt = 0;
  let wasOpen = false;

  const open = () => {
    source = new EventSource('/api/v1/events');
    source.onopen = () => {
      attempt = 0;
      if (wasOpen) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
      wasOpen = true;
      report('live');
    };
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      const keys = staleKeys(event.data);
      void client.invalidateQueries({ predicate: (query) => keys.has(String(query.queryKey[0])) });
    });
    source.onerror = () => {
      close();
      report('lost');
      if (attempt === 0) void client.invalidateQueries({ queryKey: SESSION_KEY }); // a session may have ended
      timer = window.setTimeout(open, waitBefore(attempt++, Math.random()));
    };
  };
  const close = () => {
    source?.close();
    source = undefined;
    window.clearTimeout(timer);
  };
  const onVisibility = () => {
    close();
    if (document.visibilityState === 'visible') open();
  };

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}
