import { Card, CardBody, CardTitle, Grid, GridItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { api } from '../api/client';
import { SEVERITIES, type Dashboard } from '../api/types';
import { NothingConnected } from '../cluster/NothingConnected';
import { isAnyConnected, pollUntilConnected } from '../cluster/useClusters';
import { term } from '../filter/language';
import { SeverityMark } from '../part/Severity';
import { Loading, ProblemState } from '../part/States';
import { View } from '../part/View';
import { ClusterHealth, Coverage, TopPolicies, WorstWorkloads } from './Lists';

const Timeline = lazy(async () => ({ default: (await import('./Timeline')).Timeline }));

/** What needs attention now. */
export function DashboardPage() {
  const dashboard = useQuery({
    queryKey: ['dashboard'],
    queryFn: ({ signal }) => api.get('/dashboard', { signal }),
    refetchInterval: (query) => pollUntilConnected(query.state.data?.clusters) || 60_000,
  });
  return (
    <View title="Dashboard">
      {dashboard.isPending && <Loading what="dashboard" />}
      {dashboard.isError && <ProblemState error={dashboard.error} onRetry={() => void dashboard.refetch()} />}
      {dashboard.data !== undefined && <Shown dashboard={dashboard.data} />}
    </View>
  );
}

function Shown({ dashboard }: { dashboard: Dashboard }) {
  if (!isAnyConnected(dashboard.clusters)) return <NothingConnected />;
  return (
    <Grid hasGutter>
      <GridItem span={12}><SeverityTiles dashboard={dashboard} /></GridItem>
      <GridItem lg={8}>
        <Card component="section" isFullHeight>
          <CardTitle component="h2">Open alerts, last 30 days</CardTitle>
          <CardBody>
            <Suspense fallback={<Loading what="chart" />}><Timeline days={dashboard.timeline} /></Suspense>
          </CardBody>
        </Card>
      </GridItem>
      <GridItem lg={4}><ClusterHealth clusters={dashboard.clusters} /></GridItem>
      <GridItem lg={6}><WorstWorkloads workloads={dashboard.worstWorkloads} /></GridItem>
      <GridItem lg={6}><TopPolicies policies={dashboard.topPolicies} /></GridItem>
      <GridItem span={12}><Coverage undecided={dashboard.undecided} /></GridItem>
    </Grid>
  );
}

/** The open alerts of each severity, each leading to them. */
function SeverityTiles({ dashboard }: { dashboard: Dashboard }) {
  const { openAlerts, platformAlerts } = dashboard;
  return (
    <section aria-label="Open alerts by severity" className="bw-tiles">
      {SEVERITIES.map((severity) => (
        <Link
          key={severity}
          className={`bw-tile bw-severity-${severity}`}
          to={`/alerts?filter=${encodeURIComponent(`platform:false ${term('severity', severity)}`)}`}
        >
          <span className="bw-tile-count">{openAlerts[severity].toLocaleString('en')}</span>
          <SeverityMark severity={severity} />
        </Link>
      ))}
      <p className="bw-tiles-note">
        <Link to="/alerts">{openAlerts.total.toLocaleString('en')} open {openAlerts.total === 1 ? 'alert' : 'alerts'}</Link> in your workloads
        {platformAlerts > 0 && (
          <>, and <Link to={`/alerts?filter=${encodeURIComponent('platform:true')}`}>{platformAlerts.toLocaleString('en')}</Link> in the platform’s own</>
        )}
      </p>
    </section>
  );
}
