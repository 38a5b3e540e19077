// Filter, sort and page of the double's lists: the contract's language, in small.
const RANK = { LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 3 };
const TERM = /(-?)(?:(\p{L}+):)?((?:[<>]=?)?(?:"(?:\\.|[^"])*"|[^\s,"]+)(?:,(?:[<>]=?)?(?:"(?:\\.|[^"])*"|[^\s,"]+))*)/gu;

export class BadRequest extends Error {}

/** How each list's fields are read. */
export const FIELDS = {
  '/alerts': {
    state: (a) => a.state, severity: (a) => a.severity, policy: (a) => a.policyName, policyId: (a) => a.policyId, category: (a) => a.categories, cluster: (a) => a.workload.clusterName, clusterId: (a) => a.workload.clusterId,
    namespace: (a) => a.workload.namespace, kind: (a) => a.workload.kind, workload: (a) => a.workload.name, platform: (a) => a.platform, firstSeenAt: (a) => a.firstSeenAt, changedAt: (a) => a.changedAt,
  },
  '/workloads': {
    cluster: (w) => w.clusterName, clusterId: (w) => w.clusterId, namespace: (w) => w.namespace, kind: (w) => w.kind, workload: (w) => w.name, image: (w) => w.images, label: () => [], platform: (w) => w.platform,
    alerts: (w) => w.alerts.total, pods: (w) => w.pods,
  },
  '/clusters': { cluster: (c) => c.name, status: (c) => c.status, createdAt: (c) => c.createdAt },
  '/policies': { policy: (p) => p.name, severity: (p) => p.severity, category: (p) => p.categories, stage: (p) => p.stages, disabled: (p) => p.disabled, default: (p) => p.isDefault, alerts: (p) => p.alerts },
  '/notifiers': { name: (n) => n.name, type: (n) => n.type },
  '/tokens': { name: (t) => t.name, role: (t) => t.role, createdAt: (t) => t.createdAt },
  '/audit': { actor: (e) => e.actor, action: (e) => e.action, object: (e) => e.object, at: (e) => e.at },
};
const NAMES = { '/alerts': ['policy', 'workload', 'namespace'], '/workloads': ['workload', 'namespace'], '/clusters': ['cluster'], '/policies': ['policy'], '/notifiers': ['name'], '/tokens': ['name'], '/audit': ['actor', 'action', 'object'] };

function holds(value, wanted) {
  const [, sign, raw] = /^([<>]=?)?(.*)$/s.exec(wanted);
  const quoted = raw.startsWith('"');
  const text = quoted ? raw.slice(1, -1) : raw;
  if (sign) {
    const [a, b] = typeof value === 'number' ? [value, Number(text)] : [Date.parse(value), Date.parse(text)];
    return sign === '>' ? a > b : sign === '>=' ? a >= b : sign === '<' ? a < b : a <= b;
  }
  const pattern = text.replace(/\\(.)|([\\^$.|?+()[\]{}])|(\*)/gs, (_all, escaped, special, star) => (star ? '.*' : '\\' + (escaped ?? special)));
  return new RegExp(`^${pattern}$`, 'is').test(String(value));
}

export function select(path, rows, filter, allowed) {
  const fields = FIELDS[path];
  const terms = [...filter.matchAll(TERM)].map(([, not, field, values]) => ({ not: not === '-', field, values: values.match(/(?:[<>]=?)?(?:"(?:\\.|[^"])*"|[^,"]+)/g) }));
  for (const { field } of terms) if (field && !allowed.includes(field)) throw new BadRequest(`filter: there is no field ${field} here`);
  const matches = (row, { not, field, values }) => {
    const read = (name) => [fields[name](row)].flat();
    const found = field ? values.some((one) => read(field).some((v) => holds(v, one))) : values.some((one) => NAMES[path].some((name) => read(name).some((v) => String(v).toLowerCase().includes(one.replaceAll('"', '').toLowerCase()))));
    return found !== not;
  };
  const kept = rows.filter((row) => terms.every((one) => matches(row, one)));
  return path === '/alerts' && !terms.some((one) => one.field === 'state') ? kept.filter((a) => a.state === 'OPEN') : kept;
}

export function pageOf(path, rows, query, operation) {
  const sort = query.get('sort') ?? operation['x-bulwark-sort-fields'][0];
  const field = sort.replace(/^-/, '');
  if (!operation['x-bulwark-sort-fields'].includes(field)) throw new BadRequest(`sort: there is no field ${field} to sort by`);
  const read = (row) => { const v = FIELDS[path][field](row); return RANK[v] ?? v; };
  const kept = select(path, rows, query.get('filter') ?? '', operation['x-bulwark-filter-fields']);
  kept.sort((a, b) => { const [x, y] = [read(a), read(b)]; const order = x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1; return sort.startsWith('-') ? -order : order; });
  const limit = Number(query.get('limit') ?? 50);
  if (!(limit >= 1 && limit <= 500)) throw new BadRequest('limit: 1 to 500 is allowed');
  const start = query.get('cursor') ? Number(Buffer.from(query.get('cursor'), 'base64url').toString()) : 0;
  const end = start + limit;
  return { items: kept.slice(start, end), ...(end < kept.length ? { next: Buffer.from(String(end)).toString('base64url') } : {}), total: Math.min(kept.length, 10_000) };
}

export function counts(rows) {
  const all = { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0, total: rows.length };
  for (const row of rows) all[row.severity]++;
  return all;
}
