// A stand-in for Central that keeps to the contract: `node browser/double/server.mjs [--port N] [--alerts N] [--empty]`.
// It serves ui/dist under Central's content security policy. Its password is `admin`, that of `viewer` is `viewer`.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bodyFaults, faultsOf, operationOf } from './contract.mjs';
import { ago, documentOf, id, world } from './data.mjs';
import { BadRequest, counts, pageOf, select } from './lists.mjs';

const { values: args } = parseArgs({ options: { port: { type: 'string', default: '8099' }, alerts: { type: 'string', default: '0' }, empty: { type: 'boolean', default: false }, 'joins-after': { type: 'string' } } });
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
const READS = ['session.read', 'alert.read', 'inventory.read', 'cluster.read', 'policy.read', 'notifier.read'];
const ALL = [...READS, 'alert.write', 'cluster.write', 'policy.write', 'notifier.write', 'token.read', 'token.write', 'audit.read', 'setting.read', 'setting.write', 'backup.write'];

let data = world({ isEmpty: args.empty, extraAlerts: Number(args.alerts) });
if (args['joins-after']) setTimeout(() => { data = world({}); announce(['cluster', 'alert', 'workload']); }, Number(args['joins-after']) * 1000);
const sessions = new Map();
const streams = new Set();

function announce(kinds) {
  for (const stream of streams) stream.write(`event: changed\ndata: ${JSON.stringify({ kinds, clusterIds: [] })}\n\n`);
}

function problem(status, title, detail, errors) {
  return { status, body: { type: 'about:blank', title, status, detail, ...(errors ? { errors } : {}) } };
}

const find = (rows, wanted) => rows.find((row) => row.id === wanted);
const event = (actor, action, text) => ({ at: new Date().toISOString(), actor, action, text });

function dashboard() {
  const mine = data.alerts.filter((a) => a.state === 'OPEN' && !a.platform);
  const timeline = Array.from({ length: 30 }, (_unused, i) => {
    const wave = Math.round(mine.length * (0.3 + 0.7 * (i / 29)) + 3 * Math.sin(i));
    return { day: ago((29 - i) * 24).slice(0, 10), opened: (i * 7) % 6, resolved: (i * 5) % 4, open: i === 29 ? mine.length : Math.max(0, wave) };
  });
  const top = data.policies.filter((p) => p.alerts > 0).sort((a, b) => b.alerts - a.alerts).slice(0, 8);
  return {
    openAlerts: counts(mine), platformAlerts: data.alerts.filter((a) => a.state === 'OPEN' && a.platform).length, timeline,
    worstWorkloads: data.workloads.filter((w) => !w.platform && w.alerts.total > 0).sort((a, b) => b.alerts.CRITICAL - a.alerts.CRITICAL || b.alerts.HIGH - a.alerts.HIGH || b.alerts.total - a.alerts.total).slice(0, 8),
    clusters: data.clusters, topPolicies: top.map((p) => ({ policyId: p.id, policyName: p.name, severity: p.severity, alerts: p.alerts })),
    undecided: data.clusters.length === 0 ? [] : [{ reason: 'image not scanned', policies: 12, workloads: 9 }, { reason: 'NetworkPolicies may not be read', policies: 1, workloads: 3 }],
  };
}

const types = { items: [{ type: 'webhook', label: 'Webhook', help: 'Posts each alert as JSON, signed with a secret of yours.', settings: [
  { name: 'url', label: 'Address', help: 'Where the message is posted.', type: 'URL', required: true, secret: false },
  { name: 'secret', label: 'Signing secret', help: 'The signature lets the receiver know that a message is ours.', type: 'SECRET', required: true, secret: true },
  { name: 'timeoutSeconds', label: 'Time-out in seconds', help: '', type: 'NUMBER', required: false, secret: false },
  { name: 'insecure', label: 'Do not check the receiver’s certificate', help: 'For trying only.', type: 'BOOLEAN', required: false, secret: false }] }] };

/** What each operation does, by its identifier in the contract. */
const operations = {
  currentSession: ({ session }) => ({ body: session }),
  logout: ({ key }) => (sessions.delete(key), { status: 204 }),
  version: () => ({ body: { version: '0.1.0', database: 'PostgreSQL 18.6' } }),
  dashboard: () => ({ body: dashboard() }),
  countAlerts: ({ query }) => ({ body: counts(select('/alerts', data.alerts, query.get('filter') ?? '', operationOf('get', '/alerts')['x-bulwark-filter-fields'])) }),
  getAlert: ({ one }) => ({ body: one }),
  commentAlert: ({ one, body, session }) => (one.history.push(event(session.name, 'COMMENTED', body.text)), announce(['alert']), { status: 201, body: one }),
  snoozeAlert: ({ one, body, session }) => {
    const isOver = Date.parse(body.until) <= Date.now();
    Object.assign(one, isOver ? { state: 'OPEN', snoozedUntil: undefined } : { state: 'SNOOZED', snoozedUntil: body.until });
    one.history.push(event(session.name, isOver ? 'UNSNOOZED' : 'SNOOZED', body.reason ?? ''));
    return { body: one };
  },
  resolveAlert: ({ one, body, session }) => {
    Object.assign(one, { state: 'RESOLVED', resolvedAt: new Date().toISOString(), resolution: body.reason });
    one.history.push(event(session.name, 'RESOLVED', body.reason));
    announce(['alert']);
    return { body: one };
  },
  getWorkload: ({ one }) => ({ body: { ...one, document: documentOf(one), alertList: data.alerts.filter((a) => a.workload.id === one.id && a.state !== 'RESOLVED').map(rowOf), podList: Array.from({ length: one.pods }, (_unused, i) => ({ name: `${one.name}-7d9f8b6c5-${'abcxyz'[i % 6]}q2${i}`, node: `node-${1 + (i % 2)}`, phase: 'Running', podIp: `10.244.${i % 2}.${10 + i}`, restarts: i })), undecided: [{ policyName: 'Fixable Severity at least Important', reason: 'image not scanned' }] } }),
  registerCluster: ({ body }) => {
    const made = { id: id('cluster ' + body.name + data.clusters.length), name: body.name, status: 'NEVER_CONNECTED', missingPermissions: [], createdAt: new Date().toISOString(), workloads: 0, pods: 0, nodes: 0 };
    data.clusters.push(made);
    return { status: 201, body: { clusterId: made.id, name: made.name, secret: 'bwj1:https://central.example.test:8443:sha256-9f86d081884c7d659a2feaa0c55ad015:k3JvV2l0aC1hLXNlY3JldC1vZi0zMi1ieXRlcw', expiresAt: ago(-1) } };
  },
  getCluster: ({ one }) => ({ body: one }),
  removeCluster: ({ one }) => (data.clusters.splice(data.clusters.indexOf(one), 1), { status: 204 }),
  getPolicy: ({ one }) => ({ body: one }),
  changePolicy: ({ one, body }) => ((one.disabled = body.disabled), announce(['policy']), { body: one }),
  listNotifierTypes: () => ({ body: types }),
  addNotifier: ({ body }) => {
    const { secret: _secret, ...settings } = body.settings;
    const made = { id: id('notifier ' + body.name), name: body.name, type: body.type, enabled: body.enabled, minimumSeverity: body.minimumSeverity ?? 'LOW', settings, pending: 0, failed: 0 };
    if (!/^https?:/.test(settings.url)) return problem(400, 'Bad Request', 'The settings are not valid', [{ field: 'url', message: 'an http or https address is expected' }]);
    data.notifiers.push(made);
    return { status: 201, body: made };
  },
  getNotifier: ({ one }) => ({ body: one }),
  changeNotifier: ({ one, body }) => {
    const { secret: _secret, ...settings } = body.settings;
    return { body: Object.assign(one, { ...body, settings }) };
  },
  removeNotifier: ({ one }) => (data.notifiers.splice(data.notifiers.indexOf(one), 1), { status: 204 }),
  testNotifier: ({ one }) => ({ body: one.failed > 0 ? { delivered: false, message: one.lastError } : { delivered: true, message: 'The receiver answered 200.' } }),
  addToken: ({ body, session }) => {
    const token = { id: id('token ' + body.name), name: body.name, role: body.role, scope: body.scope ?? { clusterIds: [], namespaces: [] }, createdAt: new Date().toISOString(), expiresAt: ago(-24 * (body.expiresInDays ?? 90)), createdBy: session.name };
    data.tokens.push(token);
    return { status: 201, body: { token, secret: 'bwt_' + id('secret ' + body.name).replaceAll('-', '') } };
  },
  revokeToken: ({ one }) => (data.tokens.splice(data.tokens.indexOf(one), 1), { status: 204 }),
  getSettings: () => ({ body: data.settings }),
  changeSettings: ({ body }) => ({ body: Object.assign(data.settings, body) }),
};

const LISTS = { listAlerts: 'alerts', listWorkloads: 'workloads', listClusters: 'clusters', listPolicies: 'policies', listNotifiers: 'notifiers', listTokens: 'tokens', listAudit: 'audit' };
function rowOf(alert) {
  const { violations: _v, description: _d, rationale: _r, remediation: _f, mitre: _m, history: _h, ...row } = alert;
  return row;
}

function login(body) {
  if (body.password !== body.username) return problem(401, 'Unauthorized', 'The name or the password is not right');
  const key = id('session ' + Math.random());
  const role = body.username === 'viewer' ? 'VIEWER' : 'ADMIN';
  const session = { name: body.username, role, permissions: role === 'ADMIN' ? ALL : READS, scope: { clusterIds: [], namespaces: [] }, csrfToken: id('csrf ' + key), expiresAt: ago(-8) };
  sessions.set(key, session);
  return { status: 201, body: session, headers: { 'Set-Cookie': `bulwark_session=${key}; HttpOnly; SameSite=Strict; Path=/` } };
}

function answer(request, url, text) {
  const path = url.pathname.slice('/api/v1'.length);
  const operation = operationOf(request.method, path);
  if (!operation) return problem(404, 'Not Found', `There is no ${request.method} ${path}`);
  const body = text === '' ? undefined : JSON.parse(text);
  const wrong = bodyFaults(operation, body);
  if (wrong.length > 0) return { operation, ...problem(400, 'Bad Request', wrong.join('; ')) };
  if (operation.operationId === 'login') return { operation, ...login(body) };
  const key = /bulwark_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const session = sessions.get(key);
  if (!session) return { operation, ...problem(401, 'Unauthorized', 'Sign in first') };
  if (!session.permissions.includes(operation['x-bulwark-permission'])) return { operation, ...problem(403, 'Forbidden', `This takes the permission ${operation['x-bulwark-permission']}`) };
  if (request.method !== 'GET' && request.headers['x-bulwark-csrf'] !== session.csrfToken) return { operation, ...problem(403, 'Forbidden', 'The header X-Bulwark-CSRF is missing or wrong') };
  const list = LISTS[operation.operationId];
  if (list) {
    const page = pageOf(path, data[list], url.searchParams, operation);
    return { operation, body: list === 'alerts' ? { ...page, items: page.items.map(rowOf) } : page };
  }
  const wanted = operation.template.includes('{id}') ? path.split('/')[2] : undefined;
  const one = wanted && find(data[path.split('/')[1]], wanted);
  if (wanted && !one) return { operation, ...problem(404, 'Not Found', 'There is nothing with this id, or you may not see it') };
  return { operation, ...operations[operation.operationId]({ one, body, session, key, query: url.searchParams }) };
}

function serveFile(response, path) {
  const file = join(DIST, normalize(path));
  const isAsset = path !== '/' && file.startsWith(DIST) && existsSync(file) && extname(file) !== '';
  if (!isAsset && extname(path) !== '') return void response.writeHead(404).end();
  const served = isAsset ? file : join(DIST, 'index.html');
  response.writeHead(200, { 'Content-Type': TYPES[extname(served)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP, 'X-Content-Type-Options': 'nosniff' });
  response.end(readFileSync(served));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (!url.pathname.startsWith('/api/')) return serveFile(response, url.pathname);
  if (url.pathname === '/api/v1/events' && sessions.size > 0) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).write(': here\n\n');
    streams.add(response);
    return request.on('close', () => streams.delete(response));
  }
  let text = '';
  for await (const piece of request) text += piece;
  let result;
  try {
    result = answer(request, url, text);
  } catch (error) {
    if (!(error instanceof BadRequest) && !(error instanceof SyntaxError)) throw error;
    result = problem(400, 'Bad Request', error.message);
  }
  const { operation, status = 200, body, headers = {} } = result;
  const clean = body && JSON.parse(JSON.stringify(body));
  const wrong = operation && status !== 204 ? faultsOf(operation, status, clean) : [];
  if (wrong.length > 0) console.error(`the double breaks the contract: ${operation.operationId}: ${wrong.slice(0, 3).join('; ')}`);
  response.writeHead(status, { ...headers, ...(clean ? { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' } : {}) });
  response.end(clean ? JSON.stringify(clean) : undefined);
});
server.listen(Number(args.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
