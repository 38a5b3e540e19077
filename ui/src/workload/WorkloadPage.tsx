import { Alert, Card, CardBody, CardTitle, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams, Link } from 'react-router';
import { api } from '../api/client';
import type { WorkloadDetail } from '../api/types';
import { StateLabel } from '../alert/StateLabel';
import { useMay } from '../app/session';
import { Facts } from '../part/Facts';
import { SeverityLine, SeverityMark } from '../part/Severity';
import { ImageName } from '../part/ImageName';
import { Loading, Nothing, ProblemState } from '../part/States';
import { Time } from '../part/Time';
import { View } from '../part/View';
import { Document } from './Document';
import { podsText } from './WorkloadsPage';

const PARENT = { label: 'Workloads', to: '/workloads' };
const SHOWN_AT_MOST = 100;

/** One workload: its alerts, its pods, its document, and what could not be decided about it. */
export function WorkloadPage() {
  const { id = '' } = useParams();
  const workload = useQuery({ queryKey: ['workload', id], queryFn: ({ signal }) => api.get('/workloads/{id}', { id, signal }) });
  if (workload.isPending) return <View title="Workload" parent={PARENT}><Loading what="workload" /></View>;
  if (workload.isError) {
    return (
      <View title="Workload" parent={PARENT}>
        <ProblemState error={workload.error} onRetry={() => void workload.refetch()} />
      </View>
    );
  }
  return <Shown workload={workload.data} />;
}

function Shown({ workload }: { workload: WorkloadDetail }) {
  const [params, setParams] = useSearchParams();
  const tab = params.get('show') ?? 'alerts';
  return (
    <View
      title={workload.name}
      mark={<SeverityLine counts={workload.alerts} />}
      lead={<>{workload.kind} in namespace <strong>{workload.namespace}</strong> of cluster <ClusterName workload={workload} /></>}
      parent={PARENT}
    >
      <Card component="section" className="bw-gap">
        <CardBody>
          <Facts
            columns={3}
            facts={[
              ['Images', <ul key="images">{workload.images.map((image) => <li key={image}><code className="bw-path"><ImageName image={image} isWhole /></code></li>)}</ul>],
              ['Pods', podsText(workload)],
              ['Created', <Time key="created" at={workload.createdAt} otherwise="unknown" />],
            ]}
          />
        </CardBody>
      </Card>
      {workload.undecided.length > 0 && (
        <Alert
          className="bw-gap"
          isInline
          isExpandable
          variant="info"
          title={workload.undecided.length === 1 ? '1 policy could not be decided' : `${workload.undecided.length} policies could not be decided`}
        >
          <ul>{workload.undecided.map((one) => <li key={one.policyName}><strong>{one.policyName}</strong>: {one.reason}</li>)}</ul>
        </Alert>
      )}
      <Tabs aria-label="About this workload" activeKey={tab} onSelect={(_event, key) => setParams({ show: String(key) }, { replace: true })}>
        <Tab eventKey="alerts" title={<TabTitleText>Alerts ({workload.alertList.length})</TabTitleText>}><AlertTable workload={workload} /></Tab>
        <Tab eventKey="pods" title={<TabTitleText>Pods ({workload.podList.length})</TabTitleText>}><PodTable workload={workload} /></Tab>
        <Tab eventKey="document" title={<TabTitleText>Document</TabTitleText>}>
          <Card isPlain><CardTitle component="h2">As Bulwark stores it</CardTitle><CardBody><Document document={workload.document} /></CardBody></Card>
        </Tab>
      </Tabs>
    </View>
  );
}

function ClusterName({ workload }: { workload: WorkloadDetail }) {
  return useMay('cluster.read') ? <Link to={`/clusters/${workload.clusterId}`}>{workload.clusterName}</Link> : <strong>{workload.clusterName}</strong>;
}

function AlertTable({ workload }: { workload: WorkloadDetail }) {
  if (workload.alertList.length === 0) return <Nothing title="This workload breaks no policy" status="success" />;
  return (
    <>
      <Table aria-label="Alerts of this workload" variant="compact">
        <Thead><Tr><Th>Severity</Th><Th>Policy</Th><Th>Violations</Th><Th>State</Th><Th>First seen</Th></Tr></Thead>
        <Tbody>
          {workload.alertList.slice(0, SHOWN_AT_MOST).map((alert) => (
            <Tr key={alert.id}>
              <Td dataLabel="Severity"><SeverityMark severity={alert.severity} /></Td>
              <Td dataLabel="Policy"><Link to={`/alerts/${alert.id}`}>{alert.policyName}</Link></Td>
              <Td dataLabel="Violations">{alert.violationCount}</Td>
              <Td dataLabel="State"><StateLabel alert={alert} /></Td>
              <Td dataLabel="First seen"><Time at={alert.firstSeenAt} /></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <More total={workload.alertList.length} what="alerts" />
    </>
  );
}

function PodTable({ workload }: { workload: WorkloadDetail }) {
  if (workload.podList.length === 0) return <Nothing title="No pods">This workload has no pods now.</Nothing>;
  return (
    <>
      <Table aria-label="Pods of this workload" variant="compact">
        <Thead><Tr><Th>Pod</Th><Th>Phase</Th><Th>Node</Th><Th>Address</Th><Th>Restarts</Th></Tr></Thead>
        <Tbody>
          {workload.podList.slice(0, SHOWN_AT_MOST).map((pod) => (
            <Tr key={pod.name}>
              <Td dataLabel="Pod">{pod.name}</Td>
              <Td dataLabel="Phase">{pod.phase}</Td>
              <Td dataLabel="Node">{pod.node || <span className="bw-quiet">none yet</span>}</Td>
              <Td dataLabel="Address">{pod.podIp ?? <span className="bw-quiet">none</span>}</Td>
              <Td dataLabel="Restarts">{pod.restarts}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <More total={workload.podList.length} what="pods" />
    </>
  );
}

function More({ total, what }: { total: number; what: string }) {
  if (total <= SHOWN_AT_MOST) return null;
  return <p className="bw-quiet">The first {SHOWN_AT_MOST} of {total.toLocaleString('en')} {what} are shown.</p>;
}
