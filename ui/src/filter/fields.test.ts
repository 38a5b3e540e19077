import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { COLUMNS as ALERTS } from '../alert/AlertsPage';
import { COLUMNS as AUDIT } from '../audit/AuditPage';
import { COLUMNS as CLUSTERS } from '../cluster/ClustersPage';
import { COLUMNS as NOTIFIERS } from '../notifier/NotifiersPage';
import { COLUMNS as POLICIES } from '../policy/PoliciesPage';
import { COLUMNS as TOKENS } from '../token/TokensPage';
import { COLUMNS as WORKLOADS } from '../workload/WorkloadsPage';
import { FIELDS, type ListPath } from './fields';

interface Operation {
  'x-bulwark-filter-fields': string[];
  'x-bulwark-sort-fields': string[];
}
const contract = parse(readFileSync('../apps/central/src/main/resources/openapi.yaml', 'utf8')) as { paths: Record<string, { get?: Operation }> };
const SORTED: Record<ListPath, readonly { sort?: string }[]> = {
  '/alerts': ALERTS, '/workloads': WORKLOADS, '/clusters': CLUSTERS, '/policies': POLICIES, '/notifiers': NOTIFIERS, '/tokens': TOKENS, '/audit': AUDIT,
};

it('knows the filter fields of each list of the contract', () => {
  const lists = Object.entries(contract.paths).filter(([, item]) => item.get?.['x-bulwark-filter-fields']);
  expect(FIELDS).toEqual(Object.fromEntries(lists.map(([path, item]) => [path, item.get!['x-bulwark-filter-fields']])));
});

it.each(Object.keys(SORTED) as ListPath[])('sorts %s only by fields that the contract sorts by', (path) => {
  const sorts = SORTED[path].flatMap((column) => column.sort ?? []);
  expect(contract.paths[path]!.get!['x-bulwark-sort-fields']).toEqual(expect.arrayContaining(sorts));
});
