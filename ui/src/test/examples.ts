import type { AlertDetail, AlertRow, Cluster, Dashboard, NotifierType, PolicyRow } from '../api/types';

export const CLUSTER: Cluster = {
  id: '0193a000-0000-7000-8000-00000000000c', name: 'local', status: 'CONNECTED', missingPermissions: [], workloads: 14, pods: 31, nodes: 2, lastContactAt: '2026-11-21T09:00:00Z',
};

export const ALERT: AlertRow = {
  id: '0193a000-0000-7000-8000-000000000001', policyId: '0193a000-0000-7000-8000-0000000000a1', policyName: 'Privileged Container', severity: 'HIGH', categories: ['Privileges'],
  workload: { id: '0193a000-0000-7000-8000-0000000000f1', clusterId: CLUSTER.id, clusterName: 'local', namespace: 'ci', kind: 'Deployment', name: 'builder' },
  platform: false, state: 'OPEN', violationCount: 2, firstSeenAt: '2026-11-20T09:00:00Z', changedAt: '2026-11-20T10:00:00Z',
};

export const DETAIL: AlertDetail = {
  ...ALERT,
  violations: [
    { section: '', criterion: 'Privileged Container', container: 'docker', fieldPath: 'spec.template.spec.containers[1].securityContext.privileged', value: 'true', message: "Container 'docker' is privileged" },
    { section: '', criterion: 'Host Network', container: '', fieldPath: 'spec.template.spec.hostNetwork', value: '', message: 'The pods share the network of their node' },
  ],
  description: 'Alerts on privileged containers.', rationale: 'Whoever takes over the container has the node.', remediation: 'Remove privileged: true.',
  mitre: [{ tactic: 'TA0004', techniques: ['T1611'] }],
  history: [{ at: '2026-11-20T09:00:00Z', actor: 'bulwark', action: 'OPENED', text: '' }],
};

export const POLICY: PolicyRow = { id: ALERT.policyId, name: 'Privileged Container', severity: 'HIGH', categories: ['Privileges'], stages: ['DEPLOY'], disabled: false, isDefault: true, alerts: 3 };

export const WEBHOOK: NotifierType = {
  type: 'webhook', label: 'Webhook', help: 'Posts each alert.',
  settings: [
    { name: 'url', label: 'Address', help: 'Where to.', type: 'URL', required: true, secret: false },
    { name: 'secret', label: 'Signing secret', help: '', type: 'SECRET', required: true, secret: true },
    { name: 'insecure', label: 'Trust any certificate', help: '', type: 'BOOLEAN', required: false, secret: false },
  ],
};

export const NO_COUNTS = { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0, total: 0 };

export const DASHBOARD: Dashboard = {
  openAlerts: { LOW: 4, MEDIUM: 14, HIGH: 9, CRITICAL: 1, total: 28 }, platformAlerts: 2,
  timeline: [{ day: '2026-11-20', opened: 3, resolved: 1, open: 26 }, { day: '2026-11-21', opened: 2, resolved: 0, open: 28 }],
  worstWorkloads: [], clusters: [CLUSTER], topPolicies: [], undecided: [{ reason: 'image not scanned', policies: 12, workloads: 340 }],
};
