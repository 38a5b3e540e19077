// Made-up data for the contract double: a cluster with weak workloads, and as many more as are asked for.
import { createHash } from 'node:crypto';

/** A UUID that is always the same for a name. */
export function id(name) {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const HOUR = 3_600_000;
export const ago = (hours) => new Date(Date.now() - hours * HOUR).toISOString();

const POLICIES = [
  ['Privileged Container', 'HIGH', ['Privileges'], 'Privileged Container', 'true', 'securityContext.privileged', "Container '%c' is privileged",
    'A privileged container has every capability and all devices of its node: whoever takes over the container has the node.',
    'Remove `privileged: true` from the container\'s securityContext.\nIf it needs a single capability, add that one only.', [['TA0004', ['T1611']]]],
  ['Docker Socket Mounted', 'CRITICAL', ['Privileges', 'Docker CIS'], 'Volume Source', '/var/run/docker.sock', 'volumes[0].hostPath.path', "Volume 'sock' mounts /var/run/docker.sock",
    'The runtime\'s socket lets a container start others on the node, with any rights.', 'Remove the volume. Build images with a tool that needs no daemon.', [['TA0004', ['T1611']], ['TA0002', ['T1609']]]],
  ['Environment Variable Contains Secret', 'HIGH', ['Security Best Practices'], 'Environment Variable', 'DB_PASSWORD=hunter2', 'env[1].value', "Environment variable 'DB_PASSWORD' of container '%c' holds a secret",
    'Values in a manifest are read by everyone who may read the workload, and end up in logs and repositories.', 'Put the value into a Secret and refer to it with valueFrom.secretKeyRef.', [['TA0006', ['T1552']]]],
  ['Latest tag', 'LOW', ['DevOps Best Practices'], 'Image Tag', 'latest', 'image', "Container '%c' uses the tag 'latest'",
    'What runs tomorrow may differ from what was tested today.', 'Name a version, or better a digest.', []],
  ['No CPU request or memory limit specified', 'MEDIUM', ['DevOps Best Practices', 'Docker CIS'], 'Container Memory Limit', '', 'resources.limits.memory', "Container '%c' has no memory limit",
    'A container without limits can starve its node.', 'Set resources.requests.cpu and resources.limits.memory.', []],
  ['Mounting Sensitive Host Directories', 'MEDIUM', ['Privileges'], 'Volume Source', '/etc', 'volumes[1].hostPath.path', "Volume 'etc' mounts the host's /etc",
    'What is written there changes the node; what is read there may be its keys.', 'Use a ConfigMap, a Secret or an emptyDir.', [['TA0003', ['T1543']]]],
  ['Container with privilege escalation allowed', 'MEDIUM', ['Privileges'], 'Allow Privilege Escalation', '', 'securityContext.allowPrivilegeEscalation', "Container '%c' allows privilege escalation",
    'A setuid binary inside can gain more rights than the container began with.', 'Set allowPrivilegeEscalation: false.', []],
  ['Pod Service Account Token Automatically Mounted', 'MEDIUM', ['Security Best Practices'], 'Automount Service Account Token', 'true', 'automountServiceAccountToken', 'The default ServiceAccount\'s token is mounted',
    'A token that nobody needs is a key to the API server for whoever gets in.', 'Set automountServiceAccountToken: false.', [['TA0006', ['T1528']]]],
  ['Host Network in Use', 'HIGH', ['Network'], 'Host Network', 'true', 'hostNetwork', 'The pods share the network of their node',
    'They see the node\'s loopback and escape network policies.', 'Remove hostNetwork: true.', []],
  ['Drop All Capabilities', 'LOW', ['Privileges'], 'Drop Capabilities', '', 'securityContext.capabilities.drop', "Container '%c' does not drop all capabilities",
    'The default set of capabilities is more than almost any program needs.', 'Add `drop: [ALL]` to the container\'s capabilities.', []],
];

export const policies = POLICIES.map(([name, severity, categories, criterion, value, , , rationale, remediation, mitre], index) => ({
  id: id('policy ' + name), name, severity, categories, stages: ['DEPLOY'], disabled: index === 9, isDefault: index !== 7, alerts: 0,
  description: `Alerts on workloads: ${name.toLowerCase()}.`, rationale, remediation,
  sections: [{ name: index === 1 ? 'Runtime sockets' : '', groups: [{ field: criterion, operator: 'OR', negate: false, values: index === 1 ? ['/var/run/docker.sock', '/run/containerd/containerd.sock'] : [value || '.*'] }] },
    ...(index === 4 ? [{ name: '', groups: [{ field: 'Container CPU Request', operator: 'OR', negate: false, values: ['= 0'] }] }] : [])],
  exclusions: index < 2 ? [{ name: 'System pods', scope: { namespace: 'kube-system' } }] : [], scopes: [],
  mitre: mitre.map(([tactic, techniques]) => ({ tactic, techniques })),
}));

const SAMPLE = [
  ['shop', 'Deployment', 'web', ['example.test/shop/web:latest', 'example.test/shop/log-shipper:1.4'], [3, 4, 6]],
  ['shop', 'Deployment', 'cart', ['example.test/shop/cart:2.1'], [2, 4, 7]],
  ['shop', 'StatefulSet', 'orders-db', ['example.test/postgres:16.4'], [2, 6]],
  ['shop', 'CronJob', 'nightly-report', ['example.test/shop/report:latest'], [3, 4]],
  ['ci', 'Deployment', 'builder', ['example.test/ci/builder:latest'], [0, 1, 3, 4, 5, 6, 8]],
  ['ci', 'Deployment', 'artifact-cache', ['example.test/ci/cache:0.9'], [5]],
  ['monitoring', 'DaemonSet', 'node-agent', ['example.test/monitoring/agent:7.2'], [0, 5, 8]],
  ['monitoring', 'Deployment', 'dashboards', ['example.test/monitoring/dashboards:11.1.0'], []],
  ['blog', 'Deployment', 'wordpress', ['example.test/blog/wordpress:latest'], [2, 3, 4, 6, 7]],
  ['blog', 'Deployment', 'comments', ['example.test/blog/comments@sha256:' + 'ab12'.repeat(16)], []],
  ['blog', 'Job', 'import-2024', ['example.test/blog/import:3'], [4]],
  ['blog', 'Pod', 'debug-shell', ['example.test/tools/shell:latest'], [0, 3, 8]],
  ['kube-system', 'DaemonSet', 'kube-proxy', ['example.test/kube-proxy:v1.36.2'], [0, 8]],
  ['kube-system', 'Deployment', 'coredns', ['example.test/coredns:v1.12.0'], []],
];

const none = () => ({ LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0, total: 0 });

function clusters(isEmpty) {
  if (isEmpty) return [];
  const all = [
    { id: id('cluster local'), name: 'local', status: 'CONNECTED', sensorVersion: '0.1.0', kubernetesVersion: 'v1.36.2', capabilities: ['inventory', 'control'],
      missingPermissions: [{ resource: 'secrets', verb: 'list', reason: 'the role leaves Secrets out; grant it to see their metadata' }], lastContactAt: ago(0.001), lastSyncedAt: ago(0.2), certificateExpiresAt: ago(-24 * 60), createdAt: ago(80), workloads: 14, pods: 31, nodes: 2 },
    { id: id('cluster staging-eu'), name: 'staging-eu', status: 'DISCONNECTED', sensorVersion: '0.1.0', kubernetesVersion: 'v1.34.1', capabilities: ['inventory'],
      missingPermissions: [], lastContactAt: ago(5), lastSyncedAt: ago(6), certificateExpiresAt: ago(-50), createdAt: ago(700), workloads: 0, pods: 0, nodes: 3 },
    { id: id('cluster edge'), name: 'edge', status: 'NEVER_CONNECTED', missingPermissions: [], createdAt: ago(0.1), workloads: 0, pods: 0, nodes: 0 },
  ];
  return all;
}

function workload(cluster, [namespace, kind, name, images], index) {
  return { id: id(`workload ${cluster.name} ${namespace} ${kind} ${name}`), clusterId: cluster.id, clusterName: cluster.name, namespace, kind, name, images,
    pods: kind === 'Job' ? 0 : 1 + (index % 3), ...(kind === 'Deployment' || kind === 'StatefulSet' ? { replicas: 1 + (index % 3) } : {}), platform: namespace === 'kube-system', alerts: none(), createdAt: ago(70) };
}

function alert(owner, policy, spec, index) {
  const state = index % 17 === 5 ? 'SNOOZED' : 'OPEN';
  const { id: _id, images: _images, pods: _pods, replicas: _replicas, platform, alerts: _alerts, createdAt: _at, ...key } = owner;
  const container = spec[6].includes('%c') ? owner.name.replace(/-\d+$/, '') : '';
  const base = owner.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : owner.kind === 'Pod' ? 'spec' : 'spec.template.spec';
  const violation = (name, at) => ({ section: policy.sections[0].name, criterion: spec[3], container: name, fieldPath: `${base}.${name === '' ? '' : `containers[${at}].`}${spec[5]}`, value: spec[4], message: spec[6].replace('%c', name) });
  const violations = [violation(container, 0), ...(owner.images.length > 1 && container !== '' ? [violation('log-shipper', 1)] : [])];
  return {
    id: id(`alert ${owner.id} ${policy.id}`), policyId: policy.id, policyName: policy.name, severity: policy.severity, categories: policy.categories, workload: { id: owner.id, ...key }, platform, state,
    ...(state === 'SNOOZED' ? { snoozedUntil: ago(-20) } : {}), violationCount: violations.length, firstSeenAt: ago(1 + index * 0.7), changedAt: ago(0.5 + index * 0.3),
    violations, description: policy.description, rationale: policy.rationale, remediation: policy.remediation, mitre: policy.mitre,
    history: [{ at: ago(1 + index * 0.7), actor: 'bulwark', action: 'OPENED', text: violations[0].message },
      ...(state === 'SNOOZED' ? [{ at: ago(0.5), actor: 'admin', action: 'SNOOZED', text: 'waits for the vendor' }] : [])],
  };
}

/** Everything that the double knows: `isEmpty` before any cluster has joined, `extraAlerts` for size. */
export function world({ isEmpty = false, extraAlerts = 0 } = {}) {
  const known = clusters(isEmpty);
  const workloads = [];
  const alerts = [];
  const add = (spec, index) => {
    const owner = workload(known[0], spec, index);
    workloads.push(owner);
    for (const at of spec[4]) alerts.push(alert(owner, policies[at], POLICIES[at], alerts.length));
  };
  if (!isEmpty) {
    SAMPLE.forEach(add);
    for (let i = 0; alerts.length < extraAlerts; i++) add([`team-${i % 40}`, 'Deployment', `service-${i}`, [`example.test/team/service-${i}:latest`], [(i * 3) % 9, (i * 5 + 1) % 9, (i * 7 + 2) % 9].filter((v, at, all) => all.indexOf(v) === at)], i);
    known[0].workloads = workloads.length;
  }
  for (const policy of policies) policy.alerts = 0;
  for (const one of alerts.filter((a) => a.state === 'OPEN')) {
    const owner = workloads.find((w) => w.id === one.workload.id);
    owner.alerts[one.severity]++;
    owner.alerts.total++;
    policies.find((p) => p.id === one.policyId).alerts++;
  }
  return {
    clusters: known, workloads, alerts, policies,
    notifiers: isEmpty ? [] : [{ id: id('notifier chat'), name: 'team chat', type: 'webhook', enabled: true, minimumSeverity: 'HIGH', settings: { url: 'https://chat.example.test/hooks/1' }, pending: 0, failed: 0, lastDeliveredAt: ago(2) },
      { id: id('notifier siem'), name: 'SIEM', type: 'webhook', enabled: true, minimumSeverity: 'LOW', settings: { url: 'https://siem.example.test/in' }, pending: 4, failed: 2, lastDeliveredAt: ago(30), lastError: 'siem.example.test: answered 503 Service Unavailable' }],
    tokens: isEmpty ? [] : [{ id: id('token ci'), name: 'ci-pipeline', role: 'VIEWER', scope: { clusterIds: [], namespaces: ['shop', 'blog'] }, createdAt: ago(400), expiresAt: ago(-1500), lastUsedAt: ago(1), createdBy: 'admin' }],
    audit: Array.from({ length: isEmpty ? 1 : 64 }, (_unused, i) => ({ id: id('audit ' + i), at: ago(i * 1.3), actor: i % 5 === 2 ? 'ci-pipeline' : 'admin', action: ['login', 'alert.snooze', 'policy.change', 'token.add', 'cluster.register'][i % 5], object: ['session', 'alert ' + id('a' + i), 'policy Latest tag', 'token ci-pipeline', 'cluster local'][i % 5], ...(i % 5 === 2 ? { detail: 'disabled: true' } : {}), remoteAddress: '127.0.0.1' })),
    settings: { platformNamespaces: ['kube-system', 'kube-public', 'kube-node-lease', 'openshift-*'], resolvedAlertDays: 30, auditDays: 365 },
  };
}

/** A workload's document, as the inventory has it. */
export function documentOf(owner) {
  return { apiVersion: 'apps/v1', kind: owner.kind, metadata: { name: owner.name, namespace: owner.namespace, labels: { app: owner.name, tier: 'backend' }, annotations: {} }, replicas: owner.replicas ?? null,
    podSpecPath: 'spec.template.spec', podSpec: { serviceAccount: 'default', hostNetwork: false, hostPid: false, hostIpc: false,
      containers: owner.images.map((image, i) => ({ name: i === 0 ? owner.name : 'log-shipper', type: 'REGULAR', image: { fullName: image }, imagePullPolicy: 'IfNotPresent', environment: [{ name: 'MODE', value: 'production' }, { name: 'DB_PASSWORD', value: '(not kept)' }], ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }], securityContext: { privileged: true, addedCapabilities: ['NET_ADMIN'] } })),
      volumes: [{ name: 'sock', hostPath: { path: '/var/run/docker.sock' } }] } };
}
