import { Checkbox, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import type { Role } from '../api/types';
import { useClusters } from '../cluster/useClusters';
import { CopyBlock } from '../part/CopyBlock';
import { Dialog, SecretDialog } from '../part/Dialog';
import { Time } from '../part/Time';
import { ROLE_OPTIONS } from './roles';

const LIFETIMES = [7, 30, 90, 365];

/** Makes a token, then shows its secret for the only time. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const clusters = useClusters();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('VIEWER');
  const [days, setDays] = useState(90);
  const [clusterIds, setClusterIds] = useState<readonly string[]>([]);
  const [namespaces, setNamespaces] = useState('');
  const create = useMutation({
    mutationFn: () =>
      api.post('/tokens', {
        body: {
          name: name.trim(),
          role,
          expiresInDays: days,
          scope: { clusterIds: [...clusterIds], namespaces: namespaces.split(/[\s,]+/).filter((one) => one !== '') },
        },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['token'] }),
  });
  if (create.data !== undefined) {
    const { token, secret } = create.data;
    return (
      <SecretDialog title={`${token.name} is ready`} onClose={onClose}>
        <CopyBlock label="token" text={secret} />
        <p>
          Keep it now: it <strong>is not shown again</strong>. It expires on <Time at={token.expiresAt} exact otherwise="no date" />.
        </p>
      </SecretDialog>
    );
  }
  const toggle = (id: string, isIn: boolean) => setClusterIds((all) => (isIn ? [...all, id] : all.filter((one) => one !== id)));
  return (
    <Dialog
      title="Create an API token"
      action="Create"
      isBusy={create.isPending}
      isReady={name.trim() !== ''}
      error={create.error}
      onAction={() => create.mutate()}
      onClose={onClose}
    >
      <FormGroup label="Name" isRequired fieldId="token-name">
        <TextInput id="token-name" isRequired autoComplete="off" maxLength={100} value={name} onChange={(_event, value) => setName(value)} />
      </FormGroup>
      <FormGroup label="Role" fieldId="token-role">
        <FormSelect id="token-role" value={role} onChange={(_event, value) => setRole(value as Role)}>
          {ROLE_OPTIONS.map((option) => <FormSelectOption key={option.value} value={option.value} label={`${option.label}: ${option.help}`} />)}
        </FormSelect>
      </FormGroup>
      <FormGroup label="Expires in" fieldId="token-days">
        <FormSelect id="token-days" value={String(days)} onChange={(_event, value) => setDays(Number(value))}>
          {LIFETIMES.map((one) => <FormSelectOption key={one} value={String(one)} label={`${one} days`} />)}
        </FormSelect>
      </FormGroup>
      {clusters.length > 0 && (
        <FormGroup role="group" label="Clusters it sees" fieldId="token-clusters">
          {clusters.map((cluster) => (
            <Checkbox
              key={cluster.id}
              id={`token-cluster-${cluster.id}`}
              label={cluster.name}
              isChecked={clusterIds.includes(cluster.id)}
              onChange={(_event, checked) => toggle(cluster.id, checked)}
            />
          ))}
          <Help text="None ticked: all of them, also those to come." />
        </FormGroup>
      )}
      <FormGroup label="Namespaces it sees" fieldId="token-namespaces">
        <TextInput id="token-namespaces" autoComplete="off" value={namespaces} onChange={(_event, value) => setNamespaces(value)} aria-describedby="token-namespaces-help" />
        <Help id="token-namespaces-help" text="Separated by commas; empty for all." />
      </FormGroup>
    </Dialog>
  );
}

function Help({ id, text }: { id?: string; text: string }) {
  return (
    <FormHelperText>
      <HelperText {...(id === undefined ? {} : { id })}><HelperTextItem>{text}</HelperTextItem></HelperText>
    </FormHelperText>
  );
}
