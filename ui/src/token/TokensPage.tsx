import { Button, Label } from '@patternfly/react-core';
import { KeyIcon } from '@patternfly/react-icons/dist/esm/icons/key-icon';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import type { Token } from '../api/types';
import { useMay } from '../app/session';
import { Facet } from '../filter/Facet';
import { FilterBar } from '../filter/FilterBar';
import { useList } from '../filter/useList';
import { Dialog } from '../part/Dialog';
import { ListTable, type Column } from '../part/ListTable';
import { Nothing } from '../part/States';
import { Time } from '../part/Time';
import { useSay } from '../part/Toasts';
import { View } from '../part/View';
import { NewTokenDialog } from './NewTokenDialog';
import { ROLE_OPTIONS, roleName } from './roles';

function isOver(token: Token): boolean {
  return token.expiresAt !== undefined && new Date(token.expiresAt) < new Date();
}

function scopeText({ scope }: Token): string {
  const parts: string[] = [];
  if (scope.clusterIds.length > 0) parts.push(scope.clusterIds.length === 1 ? '1 cluster' : `${scope.clusterIds.length} clusters`);
  if (scope.namespaces.length > 0) parts.push(`namespaces ${scope.namespaces.join(', ')}`);
  return parts.length === 0 ? 'everything' : parts.join('; ');
}

export const COLUMNS: readonly Column<Token>[] = [
  { label: 'Name', sort: 'name', width: 20, cell: (token) => token.name },
  { label: 'Role', cell: (token) => roleName(token.role) },
  { label: 'Sees', cell: scopeText },
  { label: 'Created', sort: 'createdAt', descendsFirst: true, nowrap: true, cell: (token) => <><Time at={token.createdAt} />{token.createdBy !== undefined && <div className="bw-quiet">by {token.createdBy}</div>}</> },
  { label: 'Last used', nowrap: true, cell: (token) => <Time at={token.lastUsedAt} /> },
  {
    label: 'Expires',
    nowrap: true,
    cell: (token) => (isOver(token) ? <Label isCompact color="grey">Expired</Label> : <Time at={token.expiresAt} />),
  },
  { label: 'Actions', hideLabel: true, nowrap: true, cell: (token) => <Revoke token={token} /> },
];

export function TokensPage() {
  const [isCreating, setCreating] = useState(false);
  const mayWrite = useMay('token.write');
  const list = useList<Token>('/tokens', ['token'], { sort: 'name' });
  const create = mayWrite ? <Button onClick={() => setCreating(true)}>Create a token</Button> : undefined;
  return (
    <View title="API tokens" lead="For programs: each with a role, a scope and an end." actions={create}>
      <FilterBar list={list} words="tokens">
        <Facet list={list} field="role" label="Role" options={ROLE_OPTIONS} />
      </FilterBar>
      <ListTable
        label="API tokens"
        list={list}
        columns={COLUMNS}
        keyOf={(token) => token.id}
        empty={
          list.isDefaultFilter ? (
            <Nothing title="No API tokens" icon={KeyIcon}>
              A token lets the command line or a pipeline work with Bulwark: <code>bulwark login --token</code>.
            </Nothing>
          ) : (
            <Nothing title="No token matches this filter" />
          )
        }
      />
      {isCreating && <NewTokenDialog onClose={() => setCreating(false)} />}
    </View>
  );
}

function Revoke({ token }: { token: Token }) {
  const client = useQueryClient();
  const say = useSay();
  const [isAsking, setAsking] = useState(false);
  const mayWrite = useMay('token.write');
  const revoke = useMutation({
    mutationFn: () => api.delete('/tokens/{id}', { id: token.id }),
    onSuccess: async () => {
      setAsking(false);
      say(`${token.name} revoked`);
      await client.invalidateQueries({ queryKey: ['token'] });
    },
  });
  if (!mayWrite) return null;
  return (
    <>
      <Button variant="link" isInline isDanger aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>Revoke</Button>
      {isAsking && (
        <Dialog
          title={`Revoke ${token.name}?`}
          action="Revoke"
          isDangerous
          isBusy={revoke.isPending}
          error={revoke.error}
          onAction={() => revoke.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>Programs that use it are refused at once. This cannot be undone.</p>
        </Dialog>
      )}
    </>
  );
}
