import { CubesIcon } from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import { Link } from 'react-router';
import type { WorkloadRow } from '../api/types';
import { useMay } from '../app/session';
import { NothingConnected } from '../cluster/NothingConnected';
import { isAnyConnected, useClusters } from '../cluster/useClusters';
import { Choice, Facet, PLATFORM_CHOICES } from '../filter/Facet';
import { FilterBar } from '../filter/FilterBar';
import { useList, type List } from '../filter/useList';
import { ListTable, type Column } from '../part/ListTable';
import { SeverityLine } from '../part/Severity';
import { ImageName } from '../part/ImageName';
import { Nothing } from '../part/States';
import { View } from '../part/View';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'ReplicationController', 'Pod'].map(
  (kind) => ({ value: kind, label: kind }),
);

export const COLUMNS: readonly Column<WorkloadRow>[] = [
  { label: 'Workload', sort: 'workload', width: 20, cell: (workload) => <Link to={`/workloads/${workload.id}`}>{workload.name}</Link> },
  { label: 'Kind', sort: 'kind', cell: (workload) => workload.kind },
  { label: 'Namespace', sort: 'namespace', cell: (workload) => workload.namespace },
  { label: 'Cluster', cell: (workload) => workload.clusterName },
  { label: 'Images', width: 25, cell: (workload) => <Images images={workload.images} /> },
  { label: 'Pods', sort: 'pods', descendsFirst: true, nowrap: true, cell: podsText },
  { label: 'Open alerts', sort: 'alerts', descendsFirst: true, nowrap: true, cell: (workload) => <SeverityLine counts={workload.alerts} /> },
];

export function podsText(workload: WorkloadRow): string {
  return workload.replicas === undefined ? String(workload.pods) : `${workload.pods} of ${workload.replicas}`;
}

const IMAGES_SHOWN = 2;

function Images({ images }: { images: readonly string[] }) {
  return (
    <>
      {images.slice(0, IMAGES_SHOWN).map((image) => (
        <div key={image} className="bw-image" title={image}><ImageName image={image} /></div>
      ))}
      {images.length > IMAGES_SHOWN && <div className="bw-quiet">and {images.length - IMAGES_SHOWN} more</div>}
    </>
  );
}

export function WorkloadsPage() {
  const list = useList<WorkloadRow>('/workloads', ['workload'], { filter: 'platform:false', sort: '-alerts' });
  const clusters = useClusters();
  return (
    <View title="Workloads" lead="What runs in your clusters, and how many policies it breaks.">
      <FilterBar list={list} words="workloads">
        <Choice list={list} field="platform" label="Whose workloads" options={PLATFORM_CHOICES} />
        <Facet list={list} field="kind" label="Kind" options={KINDS} />
        {clusters.length > 1 && (
          <Facet list={list} field="cluster" label="Cluster" options={clusters.map(({ name }) => ({ value: name, label: name }))} />
        )}
      </FilterBar>
      <ListTable label="Workloads" list={list} columns={COLUMNS} keyOf={(workload) => workload.id} empty={<NoWorkloads list={list} />} />
    </View>
  );
}

function NoWorkloads({ list }: { list: List<WorkloadRow> }) {
  const clusters = useClusters();
  const mayReadClusters = useMay('cluster.read');
  if (mayReadClusters && clusters.isKnown && !isAnyConnected(clusters)) return <NothingConnected />;
  if (!list.isDefaultFilter) return <Nothing title="No workload matches this filter">Take a term away, or reset the filter above.</Nothing>;
  return (
    <Nothing title="No workloads of yours" icon={CubesIcon}>
      The connected clusters run nothing but the platform itself, or their first sync has not ended yet.
    </Nothing>
  );
}
