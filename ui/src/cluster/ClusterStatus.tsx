import { Label } from '@patternfly/react-core';
import type { Cluster } from '../api/types';

const SHOWN: Record<Cluster['status'], { label: string; status: 'success' | 'info' | 'danger' | 'warning' }> = {
  CONNECTED: { label: 'Connected', status: 'success' },
  SYNCING: { label: 'Syncing', status: 'info' },
  DISCONNECTED: { label: 'Disconnected', status: 'danger' },
  NEVER_CONNECTED: { label: 'Never connected', status: 'warning' },
};

export const STATUS_OPTIONS = Object.entries(SHOWN).map(([value, { label }]) => ({ value, label }));

export function ClusterStatus({ cluster }: { cluster: Cluster }) {
  const { label, status } = SHOWN[cluster.status];
  return <Label isCompact variant="outline" status={status}>{label}</Label>;
}

/** What is not well with a connected cluster, in words; empty where all is. */
export function concerns(cluster: Cluster, now: Date): string[] {
  const found: string[] = [];
  const missing = cluster.missingPermissions.length;
  if (missing > 0) found.push(missing === 1 ? '1 permission is missing' : `${missing} permissions are missing`);
  if (cluster.certificateExpiresAt !== undefined) {
    const days = (new Date(cluster.certificateExpiresAt).getTime() - now.getTime()) / 86_400_000;
    if (days < 0) found.push('its certificate has expired');
    else if (days < 7) found.push(`its certificate expires in ${Math.ceil(days)} days`);
  }
  return found;
}
