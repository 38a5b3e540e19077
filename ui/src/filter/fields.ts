/** The fields of each list, as `x-bulwark-filter-fields` of the contract names them (a test compares the two). */
export const FIELDS = {
  '/alerts': ['state', 'severity', 'policy', 'policyId', 'category', 'cluster', 'clusterId', 'namespace', 'kind', 'workload', 'platform', 'firstSeenAt', 'changedAt'],
  '/workloads': ['cluster', 'clusterId', 'namespace', 'kind', 'workload', 'image', 'label', 'platform', 'alerts', 'pods'],
  '/clusters': ['cluster', 'status'],
  '/policies': ['policy', 'severity', 'category', 'stage', 'disabled', 'default', 'alerts'],
  '/notifiers': ['name', 'type'],
  '/tokens': ['name', 'role'],
  '/audit': ['actor', 'action', 'object', 'at'],
} as const satisfies Record<string, readonly string[]>;

export type ListPath = keyof typeof FIELDS;
