import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Dashboard } from '../api/types';
import { useMay } from '../app/session';
import { ClusterStatus, concerns } from '../cluster/ClusterStatus';
import { term } from '../filter/language';
import { SeverityLine, SeverityMark } from '../part/Severity';
import { Time } from '../part/Time';

function Panel({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <Card component="section" isFullHeight>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        {note !== undefined && <p className="bw-quiet bw-note">{note}</p>}
        {children}
      </CardBody>
    </Card>
  );
}

export function WorstWorkloads({ workloads }: { workloads: Dashboard['worstWorkloads'] }) {
  const mayRead = useMay('inventory.read');
  return (
    <Panel title="Worst workloads">
      {workloads.length === 0 && <p className="bw-quiet">None of your workloads has an open alert.</p>}
      <ol className="bw-rows">
        {workloads.map((workload) => (
          <li key={workload.id}>
            <span className="bw-row-main">
              {mayRead ? <Link to={`/workloads/${workload.id}`}>{workload.name}</Link> : workload.name}
              <span className="bw-quiet">{workload.kind} in {workload.namespace} · {workload.clusterName}</span>
            </span>
            <SeverityLine counts={workload.alerts} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function TopPolicies({ policies }: { policies: Dashboard['topPolicies'] }) {
  const most = Math.max(1, ...policies.map((policy) => policy.alerts));
  return (
    <Panel title="Most broken policies">
      {policies.length === 0 && <p className="bw-quiet">No policy is broken.</p>}
      <ol className="bw-rows">
        {policies.map((policy) => (
          <li key={policy.policyId}>
            <span className="bw-row-main">
              <Link to={`/alerts?filter=${encodeURIComponent(`platform:false ${term('policyId', policy.policyId)}`)}`}>{policy.policyName}</Link>
              <span className={`bw-bar bw-severity-${policy.severity}`} aria-hidden="true"><span style={{ width: `${(100 * policy.alerts) / most}%` }} /></span>
            </span>
            <span className="bw-row-side"><SeverityMark severity={policy.severity} /><strong>{policy.alerts.toLocaleString('en')}</strong></span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function ClusterHealth({ clusters }: { clusters: Dashboard['clusters'] }) {
  const mayRead = useMay('cluster.read');
  return (
    <Panel title="Clusters">
      <ul className="bw-rows">
        {clusters.map((cluster) => (
          <li key={cluster.id}>
            <span className="bw-row-main">
              {mayRead ? <Link to={`/clusters/${cluster.id}`}>{cluster.name}</Link> : cluster.name}
              <span className="bw-quiet">
                {cluster.workloads.toLocaleString('en')} workloads on {cluster.nodes.toLocaleString('en')} nodes
                {cluster.status === 'DISCONNECTED' && <>, seen <Time at={cluster.lastContactAt} /></>}
              </span>
              {concerns(cluster, new Date()).map((concern) => <span key={concern} className="bw-concern">{concern}</span>)}
            </span>
            <ClusterStatus cluster={cluster} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What could not be judged: never to be taken for fine. */
export function Coverage({ undecided }: { undecided: Dashboard['undecided'] }) {
  return (
    <Panel title="Coverage that is missing" note={undecided.length === 0 ? undefined : 'Not judged for want of information: neither fine nor broken.'}>
      {undecided.length === 0 && <p className="bw-quiet">None: every policy in force could be decided for every workload.</p>}
      <ul className="bw-rows">
        {undecided.map((one) => (
          <li key={one.reason}>
            <span className="bw-row-main">{one.reason}</span>
            <span>
              {one.policies.toLocaleString('en')} {one.policies === 1 ? 'policy' : 'policies'}, {one.workloads.toLocaleString('en')} {one.workloads === 1 ? 'workload' : 'workloads'}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
