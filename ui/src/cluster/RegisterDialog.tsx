import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { Problem } from '../api/problem';
import { CopyBlock } from '../part/CopyBlock';
import { Dialog, SecretDialog } from '../part/Dialog';
import { Time } from '../part/Time';
import { joinCommand } from './joinCommand';

/** The names that the contract allows. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9 ._-]*$/;
const VALIDITIES = [
  { minutes: 60, label: 'An hour' },
  { minutes: 1_440, label: 'A day' },
  { minutes: 10_080, label: 'A week' },
];

/** Registers a cluster, then shows its single-use secret with the command that uses it. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [validMinutes, setValidMinutes] = useState(60);
  const register = useMutation({
    mutationFn: () => api.post('/clusters', { body: { name: name.trim(), validMinutes } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['cluster'] }),
  });
  if (register.data !== undefined) {
    const { data } = register;
    return (
      <SecretDialog title={`${data.name} may join now`} onClose={onClose}>
        <p>
          Run this in Bulwark’s folder, where <code>kubectl</code> talks to the cluster. It sets up Sensor with permissions to read only:
        </p>
        <CopyBlock label="command" text={joinCommand(data.secret)} />
        <p>Or give a Sensor that is set up otherwise the secret alone (<code>--registration</code>):</p>
        <CopyBlock label="secret" text={data.secret} />
        <p>
          It works once, until <Time at={data.expiresAt} exact />, and <strong>is not shown again</strong>.
        </p>
      </SecretDialog>
    );
  }
  const isValid = NAME.test(name.trim());
  const nameError = register.error instanceof Problem ? register.error.fields.get('name') : undefined;
  return (
    <Dialog
      title="Register a cluster"
      action="Register"
      isBusy={register.isPending}
      isReady={isValid}
      error={register.error}
      onAction={() => register.mutate()}
      onClose={onClose}
    >
      <FormGroup label="Name" isRequired fieldId="cluster-name">
        <TextInput
          id="cluster-name"
          isRequired
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(_event, value) => setName(value)}
          validated={nameError !== undefined || (name !== '' && !isValid) ? 'error' : 'default'}
          aria-describedby="cluster-name-help"
        />
        <FormHelperText>
          <HelperText id="cluster-name-help">
            <HelperTextItem variant={nameError !== undefined || (name !== '' && !isValid) ? 'error' : 'default'}>
              {nameError ?? 'Letters, digits, blanks, dots, dashes; it begins with a letter or digit.'}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label="The secret is valid for" fieldId="cluster-validity">
        <FormSelect id="cluster-validity" value={String(validMinutes)} onChange={(_event, value) => setValidMinutes(Number(value))}>
          {VALIDITIES.map(({ minutes, label }) => <FormSelectOption key={minutes} value={String(minutes)} label={label} />)}
        </FormSelect>
      </FormGroup>
    </Dialog>
  );
}
