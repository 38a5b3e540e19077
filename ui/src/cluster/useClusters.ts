import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Cluster } from '../api/types';
import { useMay } from '../app/session';

/** The clusters one may see, for menus; empty until known. */
export type Clusters = readonly Cluster[] & { isKnown: boolean };

const POLL_MS = 5_000;

export function isAnyConnected(clusters: readonly Cluster[]): boolean {
  return clusters.some((cluster) => cluster.status !== 'NEVER_CONNECTED');
}

/** Asks again by itself while no cluster has ever been connected. */
export function pollUntilConnected(clusters: readonly Cluster[] | undefined): number | false {
  return clusters !== undefined && !isAnyConnected(clusters) ? POLL_MS : false;
}

export function useClusters(): Clusters {
  const may = useMay('cluster.read');
  const { data } = useQuery({
    queryKey: ['cluster', 'all'],
    queryFn: ({ signal }) => api.get('/clusters', { query: { limit: 500, sort: 'cluster' }, signal }),
    enabled: may,
    staleTime: 30_000,
    refetchInterval: (query) => pollUntilConnected(query.state.data?.items),
  });
  return Object.assign([...(data?.items ?? [])], { isKnown: data !== undefined });
}
