import { Alert, Button, Card, CardBody, CardTitle, FormGroup, Label, LabelGroup, TextInput } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '../api/client';
import type { Cluster } from '../api/types';
import { useMay } from '../app/session';
import { term } from '../filter/language';
import { Dialog } from '../part/Dialog';
import { Facts } from '../part/Facts';
import { Loading, ProblemState } from '../part/States';
import { Time } from '../part/Time';
import { useSay } from '../part/Toasts';
import { View } from '../part/View';
import { ClusterStatus, concerns } from './ClusterStatus';
import { pollUntilConnected } from './useClusters';

const PARENT = { label: 'Clusters', to: '/clusters' };

/** One cluster: its health, its versions, and what its Sensor may not read. */
export function ClusterPage() {
  const { id = '' } = useParams();
  const cluster = useQuery({
    queryKey: ['cluster', id],
    queryFn: ({ signal }) => api.get('/clusters/{id}', { id, signal }),
    refetchInterval: (query) => pollUntilConnected(query.state.data && [query.state.data]),
  });
  if (cluster.isPending) return <View title="Cluster" parent={PARENT}><Loading what="cluster" /></View>;
  if (cluster.isError) {
    return (
      <View title="Cluster" parent={PARENT}>
        <ProblemState error={cluster.error} onRetry={() => void cluster.refetch()} />
      </View>
    );
  }
  return <Shown cluster={cluster.data} />;
}

function Shown({ cluster }: { cluster: Cluster }) {
  const [isRemoving, setRemoving] = useState(false);
  const mayRemove = useMay('cluster.write');
  const unknown = <span className="bw-quiet">unknown</span>;
  const here = encodeURIComponent(`${term('clusterId', cluster.id)} platform:false`);
  const troubles = concerns(cluster, new Date()).filter((concern) => concern.includes('certificate'));
  return (
    <View
      title={cluster.name}
      mark={<ClusterStatus cluster={cluster} />}
      parent={PARENT}
      actions={mayRemove ? <Button variant="secondary" isDanger onClick={() => setRemoving(true)}>Remove…</Button> : undefined}
    >
      {cluster.status === 'NEVER_CONNECTED' && (
        <Alert className="bw-gap" isInline variant="info" title="No Sensor has joined with this registration yet">
          This page refreshes by itself. If the secret was lost or has expired, remove the cluster and register it again.
        </Alert>
      )}
      {cluster.status === 'DISCONNECTED' && (
        <Alert className="bw-gap" isInline variant="danger" title="Its Sensor is not connected">
          What is shown of this cluster is as of <Time at={cluster.lastContactAt} exact />. Check that the Sensor runs and reaches Central.
        </Alert>
      )}
      {troubles.map((trouble) => <Alert key={trouble} className="bw-gap" isInline variant="warning" title={`Watch out: ${trouble}`} />)}
      <Card component="section" className="bw-gap">
        <CardTitle component="h2">Health</CardTitle>
        <CardBody>
          <Facts
            columns={3}
            facts={[
              ['Kubernetes', cluster.kubernetesVersion ?? unknown],
              ['Sensor', cluster.sensorVersion ?? unknown],
              ['Nodes', cluster.nodes.toLocaleString('en')],
              ['Workloads', <Link key="workloads" to={`/workloads?filter=${here}`}>{cluster.workloads.toLocaleString('en')}</Link>],
              ['Pods', cluster.pods.toLocaleString('en')],
              ['Alerts', <Link key="alerts" to={`/alerts?filter=${here}`}>Show its alerts</Link>],
              ['Last contact', <Time key="contact" at={cluster.lastContactAt} />],
              ['Last sync', <Time key="sync" at={cluster.lastSyncedAt} />],
              ['Certificate until', <Time key="certificate" at={cluster.certificateExpiresAt} exact otherwise="none yet" />],
              ['Registered', <Time key="created" at={cluster.createdAt} exact otherwise="unknown" />],
            ]}
          />
          {(cluster.capabilities ?? []).length > 0 && (
            <LabelGroup categoryName="Capabilities" numLabels={12} className="bw-above">
              {cluster.capabilities!.map((capability) => <Label key={capability} isCompact variant="outline">{capability}</Label>)}
            </LabelGroup>
          )}
        </CardBody>
      </Card>
      <MissingPermissions cluster={cluster} />
      {isRemoving && <RemoveDialog cluster={cluster} onClose={() => setRemoving(false)} />}
    </View>
  );
}

function MissingPermissions({ cluster }: { cluster: Cluster }) {
  if (cluster.status === 'NEVER_CONNECTED') return null;
  return (
    <Card component="section">
      <CardTitle component="h2">Missing permissions</CardTitle>
      <CardBody>
        {cluster.missingPermissions.length === 0 ? (
          <p>None: the Sensor may read all that it asks for.</p>
        ) : (
          <>
            <p className="bw-gap">The Sensor works without these, but what depends on them is not seen. Grant them to its ServiceAccount to close the gap.</p>
            <Table aria-label="Missing permissions" variant="compact">
              <Thead><Tr><Th>Resource</Th><Th>Verb</Th><Th>Reason</Th></Tr></Thead>
              <Tbody>
                {cluster.missingPermissions.map((missing) => (
                  <Tr key={`${missing.resource} ${missing.verb}`}>
                    <Td dataLabel="Resource"><code>{missing.resource}</code></Td>
                    <Td dataLabel="Verb"><code>{missing.verb}</code></Td>
                    <Td dataLabel="Reason">{missing.reason}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </>
        )}
      </CardBody>
    </Card>
  );
}

function RemoveDialog({ cluster, onClose }: { cluster: Cluster; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => api.delete('/clusters/{id}', { id: cluster.id }),
    onSuccess: async () => {
      say(`${cluster.name} removed`);
      await navigate('/clusters');
      client.removeQueries({ queryKey: ['cluster', cluster.id] });
      void client.invalidateQueries();
    },
  });
  return (
    <Dialog
      title={`Remove ${cluster.name}?`}
      action="Remove"
      isDangerous
      isBusy={remove.isPending}
      isReady={typed === cluster.name}
      error={remove.error}
      onAction={() => remove.mutate()}
      onClose={onClose}
    >
      <p>Its Sensor is cut off at once. Bulwark forgets its {cluster.workloads.toLocaleString('en')} workloads and resolves their alerts.</p>
      <FormGroup label={`Type ${cluster.name} to confirm`} fieldId="remove-name">
        <TextInput id="remove-name" autoComplete="off" value={typed} onChange={(_event, value) => setTyped(value)} />
      </FormGroup>
    </Dialog>
  );
}
