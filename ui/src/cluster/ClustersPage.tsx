import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Cluster } from '../api/types';
import { useMay } from '../app/session';
import { Facet } from '../filter/Facet';
import { FilterBar } from '../filter/FilterBar';
import { useList } from '../filter/useList';
import { ListTable, type Column } from '../part/ListTable';
import { Nothing } from '../part/States';
import { Time } from '../part/Time';
import { View } from '../part/View';
import { ClusterStatus, concerns, STATUS_OPTIONS } from './ClusterStatus';
import { NothingConnected } from './NothingConnected';
import { RegisterDialog } from './RegisterDialog';
import { isAnyConnected, pollUntilConnected } from './useClusters';

export const COLUMNS: readonly Column<Cluster>[] = [
  { label: 'Cluster', sort: 'cluster', width: 20, cell: (cluster) => <Link to={`/clusters/${cluster.id}`}>{cluster.name}</Link> },
  {
    label: 'Health',
    width: 25,
    cell: (cluster) => (
      <>
        <ClusterStatus cluster={cluster} />
        {concerns(cluster, new Date()).map((concern) => <div key={concern} className="bw-concern">{concern}</div>)}
      </>
    ),
  },
  { label: 'Kubernetes', nowrap: true, cell: (cluster) => cluster.kubernetesVersion ?? <span className="bw-quiet">unknown</span> },
  { label: 'Sensor', nowrap: true, cell: (cluster) => cluster.sensorVersion ?? <span className="bw-quiet">unknown</span> },
  { label: 'Nodes', nowrap: true, cell: (cluster) => cluster.nodes.toLocaleString('en') },
  { label: 'Workloads', nowrap: true, cell: (cluster) => cluster.workloads.toLocaleString('en') },
  { label: 'Pods', nowrap: true, cell: (cluster) => cluster.pods.toLocaleString('en') },
  { label: 'Last contact', nowrap: true, cell: (cluster) => <Time at={cluster.lastContactAt} /> },
];

export function ClustersPage() {
  const [params, setParams] = useSearchParams();
  const [isRegistering, setRegistering] = useState(params.has('register'));
  const mayRegister = useMay('cluster.write');
  const list = useList<Cluster>('/clusters', ['cluster'], { sort: 'cluster' }, (data) => pollUntilConnected(data?.items));
  const register = () => setRegistering(true);
  const close = () => {
    setRegistering(false);
    if (params.has('register')) setParams({}, { replace: true });
  };
  const rows = list.answer.data?.items;
  const isWaiting = rows !== undefined && rows.length > 0 && list.isDefaultFilter && !isAnyConnected(rows);
  return (
    <View
      title="Clusters"
      lead="Where Bulwark watches, through a Sensor in each cluster."
      actions={mayRegister ? <Button onClick={register}>Register a cluster</Button> : undefined}
    >
      <FilterBar list={list} words="clusters">
        <Facet list={list} field="status" label="Health" options={STATUS_OPTIONS} />
      </FilterBar>
      <ListTable
        label="Clusters"
        list={list}
        columns={COLUMNS}
        keyOf={(cluster) => cluster.id}
        empty={list.isDefaultFilter ? <NothingConnected onRegister={register} /> : <Nothing title="No cluster matches this filter" />}
      />
      {isWaiting && <NothingConnected />}
      {isRegistering && mayRegister && <RegisterDialog onClose={close} />}
    </View>
  );
}
