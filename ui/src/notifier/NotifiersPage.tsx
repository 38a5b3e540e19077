import { Button, Label } from '@patternfly/react-core';
import { BellIcon } from '@patternfly/react-icons/dist/esm/icons/bell-icon';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import type { Notifier, NotifierType } from '../api/types';
import { useMay } from '../app/session';
import { FilterBar } from '../filter/FilterBar';
import { useList } from '../filter/useList';
import { Dialog } from '../part/Dialog';
import { ListTable, type Column } from '../part/ListTable';
import { severityName } from '../part/Severity';
import { Nothing, ProblemState } from '../part/States';
import { Time } from '../part/Time';
import { useSay } from '../part/Toasts';
import { View } from '../part/View';
import { NotifierDialog } from './NotifierDialog';
import { TestButton } from './TestButton';

/** Which dialog is open: for a new notifier, or for one that exists. */
type Editing = { notifier?: Notifier };

export const COLUMNS: readonly Column<Notifier>[] = [
  { label: 'Name', sort: 'name', width: 20, cell: (notifier) => notifier.name },
  { label: 'Type', cell: (notifier) => notifier.type },
  { label: 'Sends', cell: (notifier) => (notifier.minimumSeverity === 'LOW' ? 'every alert' : `${severityName(notifier.minimumSeverity)} and above`) },
  { label: 'State', width: 30, cell: (notifier) => <Deliveries notifier={notifier} /> },
  { label: 'Last delivered', nowrap: true, cell: (notifier) => <Time at={notifier.lastDeliveredAt} /> },
];

function Deliveries({ notifier }: { notifier: Notifier }) {
  return (
    <>
      {!notifier.enabled && <Label isCompact color="grey">Off</Label>}
      {notifier.enabled && notifier.failed === 0 && <Label isCompact variant="outline" status="success">Delivers</Label>}
      {notifier.enabled && notifier.failed > 0 && (
        <Label isCompact variant="outline" status="danger">{notifier.failed.toLocaleString('en')} failed</Label>
      )}
      {notifier.pending > 0 && <div className="bw-quiet">{notifier.pending.toLocaleString('en')} waiting</div>}
      {notifier.lastError !== undefined && <div className="bw-concern bw-path">{notifier.lastError}</div>}
    </>
  );
}

export function NotifiersPage() {
  const [editing, setEditing] = useState<Editing>();
  const [removing, setRemoving] = useState<Notifier>();
  const mayWrite = useMay('notifier.write');
  const types = useQuery({ queryKey: ['notifier', 'types'], queryFn: ({ signal }) => api.get('/notifier-types', { signal }), staleTime: Infinity });
  const list = useList<Notifier>('/notifiers', ['notifier'], { sort: 'name' });
  const known: readonly NotifierType[] = types.data?.items ?? [];
  const add = mayWrite && known.length > 0 ? <Button onClick={() => setEditing({})}>Add a notifier</Button> : undefined;
  const columns: readonly Column<Notifier>[] = mayWrite
    ? [
        ...COLUMNS.map((column) =>
          column.label === 'Type'
            ? { ...column, cell: (notifier: Notifier) => known.find((type) => type.type === notifier.type)?.label ?? notifier.type }
            : column,
        ),
        {
          label: 'Actions',
          hideLabel: true,
          nowrap: true,
          cell: (notifier) => (
            <div className="bw-actions">
              <TestButton notifier={notifier} />
              <Button variant="link" isInline aria-label={`Edit ${notifier.name}`} onClick={() => setEditing({ notifier })}>Edit</Button>
              <Button variant="link" isInline isDanger aria-label={`Remove ${notifier.name}`} onClick={() => setRemoving(notifier)}>Remove</Button>
            </div>
          ),
        },
      ]
    : COLUMNS;
  return (
    <View title="Notifiers" lead="Where new and resolved alerts are sent." actions={add}>
      {types.isError && <ProblemState error={types.error} onRetry={() => void types.refetch()} />}
      <FilterBar list={list} words="notifiers" />
      <ListTable
        label="Notifiers"
        list={list}
        columns={columns}
        keyOf={(notifier) => notifier.id}
        empty={
          list.isDefaultFilter ? (
            <Nothing title="Nobody is told about alerts" icon={BellIcon}>
              Add a notifier, and Bulwark sends each alert to where you work.
            </Nothing>
          ) : (
            <Nothing title="No notifier matches this filter" />
          )
        }
      />
      {editing !== undefined && (
        <NotifierDialog types={known} {...(editing.notifier ? { notifier: editing.notifier } : {})} onClose={() => setEditing(undefined)} />
      )}
      {removing !== undefined && <RemoveDialog notifier={removing} onClose={() => setRemoving(undefined)} />}
    </View>
  );
}

function RemoveDialog({ notifier, onClose }: { notifier: Notifier; onClose: () => void }) {
  const client = useQueryClient();
  const say = useSay();
  const remove = useMutation({
    mutationFn: () => api.delete('/notifiers/{id}', { id: notifier.id }),
    onSuccess: async () => {
      say(`${notifier.name} removed`);
      onClose();
      await client.invalidateQueries({ queryKey: ['notifier'] });
    },
  });
  return (
    <Dialog title={`Remove ${notifier.name}?`} action="Remove" isDangerous isBusy={remove.isPending} error={remove.error} onAction={() => remove.mutate()} onClose={onClose}>
      <p>{notifier.pending > 0 ? `${notifier.pending.toLocaleString('en')} messages that wait for it are dropped.` : 'Nothing more is sent to it.'}</p>
    </Dialog>
  );
}
