import { Label } from '@patternfly/react-core';
import { ShieldAltIcon } from '@patternfly/react-icons/dist/esm/icons/shield-alt-icon';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../api/client';
import { SEVERITIES, type AlertRow } from '../api/types';
import { useMay } from '../app/session';
import { NothingConnected } from '../cluster/NothingConnected';
import { isAnyConnected, useClusters } from '../cluster/useClusters';
import { Choice, Facet, PLATFORM_CHOICES } from '../filter/Facet';
import { FilterBar } from '../filter/FilterBar';
import { choose, chosen, write } from '../filter/language';
import { useList, type List } from '../filter/useList';
import { ListTable, countText, type Column } from '../part/ListTable';
import { SEVERITY_OPTIONS, SeverityMark, severityName } from '../part/Severity';
import { Nothing } from '../part/States';
import { Time } from '../part/Time';
import { View } from '../part/View';
import { StateLabel } from './StateLabel';

const STATE_OPTIONS = [
  { value: 'OPEN', label: 'Open' },
  { value: 'SNOOZED', label: 'Snoozed' },
  { value: 'RESOLVED', label: 'Resolved' },
];

/** One's own workloads, not the platform's: what people can do something about. */
export const DEFAULT_FILTER = 'platform:false';

export const COLUMNS: readonly Column<AlertRow>[] = [
  { label: 'Severity', sort: 'severity', descendsFirst: true, width: 10, nowrap: true, cell: (alert) => <SeverityMark severity={alert.severity} /> },
  {
    label: 'Policy',
    sort: 'policy',
    width: 35,
    cell: (alert) => (
      <>
        <Link to={`/alerts/${alert.id}`}>{alert.policyName}</Link>
        <div className="bw-quiet">
          {alert.violationCount === 1 ? '1 violation' : `${alert.violationCount} violations`} · {alert.categories.join(', ')}
        </div>
      </>
    ),
  },
  {
    label: 'Workload',
    sort: 'workload',
    cell: (alert) => (
      <>
        <span>{alert.workload.name}</span>
        <div className="bw-quiet">{alert.workload.kind}</div>
      </>
    ),
  },
  { label: 'Namespace', sort: 'namespace', cell: (alert) => alert.workload.namespace },
  { label: 'Cluster', cell: (alert) => alert.workload.clusterName },
  { label: 'State', nowrap: true, cell: (alert) => <StateLabel alert={alert} /> },
  { label: 'First seen', sort: 'firstSeenAt', descendsFirst: true, nowrap: true, cell: (alert) => <Time at={alert.firstSeenAt} /> },
];

export function AlertsPage() {
  const list = useList<AlertRow>('/alerts', ['alert'], { filter: DEFAULT_FILTER, sort: '-severity' });
  const clusters = useClusters();
  return (
    <View title="Alerts" lead="What breaks a policy now, one alert for each policy and workload.">
      <FilterBar list={list} words="policies and workloads">
        <Choice list={list} field="platform" label="Whose workloads" options={PLATFORM_CHOICES} />
        <Facet list={list} field="severity" label="Severity" options={SEVERITY_OPTIONS} />
        <Facet list={list} field="state" label="State" otherwise="open" options={STATE_OPTIONS} />
        {clusters.length > 1 && (
          <Facet list={list} field="cluster" label="Cluster" options={clusters.map(({ name }) => ({ value: name, label: name }))} />
        )}
      </FilterBar>
      <SeverityCountBar list={list} />
      <ListTable label="Alerts" list={list} columns={COLUMNS} keyOf={(alert) => alert.id} empty={<NoAlerts list={list} />} />
    </View>
  );
}

/** How many alerts of each severity the filter selects; each count narrows the filter to it. */
function SeverityCountBar({ list }: { list: List<AlertRow> }) {
  const everySeverity = write(list.terms.filter((term) => term.field !== 'severity'));
  const counts = useQuery({
    queryKey: ['alert', 'count', everySeverity],
    queryFn: ({ signal }) => api.get('/alerts/count', { query: { filter: everySeverity }, signal }),
    enabled: list.filterError === undefined,
    placeholderData: (previous) => previous,
  });
  const selected = chosen(list.terms, 'severity').map((value) => value.toUpperCase());
  if (counts.data === undefined) return <div className="bw-counts" aria-hidden="true" />;
  return (
    <div className="bw-counts" role="group" aria-label="Alerts by severity">
      {SEVERITIES.map((severity) => {
        const isOnly = selected.length === 1 && selected[0] === severity;
        return (
          <button
            key={severity}
            type="button"
            className={`bw-count bw-severity-${severity}`}
            aria-pressed={isOnly}
            onClick={() => list.setFilter(write(choose(list.terms, 'severity', isOnly ? [] : [severity])))}
          >
            <strong>{countText(counts.data[severity])}</strong> {severityName(severity)}
          </button>
        );
      })}
      <span className="bw-quiet">{countText(counts.data.total)} in all</span>
    </div>
  );
}

function NoAlerts({ list }: { list: List<AlertRow> }) {
  const clusters = useClusters();
  const mayReadClusters = useMay('cluster.read');
  if (mayReadClusters && clusters.isKnown && !isAnyConnected(clusters)) {
    return <NothingConnected />;
  }
  if (!list.isDefaultFilter) {
    return <Nothing title="No alert matches this filter">Take a term away, or reset the filter above.</Nothing>;
  }
  return (
    <Nothing title="Nothing breaks a policy" status="success" icon={ShieldAltIcon}>
      None of your workloads has an open alert. Those of the platform are under <Label isCompact>Platform</Label> above.
    </Nothing>
  );
}
