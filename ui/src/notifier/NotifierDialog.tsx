import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Switch, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { Problem } from '../api/problem';
import { SEVERITIES, type Notifier, type NotifierSettings, type NotifierType, type Severity } from '../api/types';
import { Dialog } from '../part/Dialog';
import { severityName } from '../part/Severity';
import { useSay } from '../part/Toasts';
import { SettingField } from './SettingField';

interface Props {
  types: readonly NotifierType[];
  /** The one to change; absent for a new one. */
  notifier?: Notifier;
  onClose: () => void;
}

/** A form made from what the notifier's type says of its settings. */
export function NotifierDialog({ types, notifier, onClose }: Props) {
  const client = useQueryClient();
  const say = useSay();
  const [typeName, setTypeName] = useState(notifier?.type ?? types[0]?.type ?? '');
  const [name, setName] = useState(notifier?.name ?? '');
  const [enabled, setEnabled] = useState(notifier?.enabled ?? true);
  const [minimumSeverity, setMinimumSeverity] = useState<Severity>(notifier?.minimumSeverity ?? 'LOW');
  const [values, setValues] = useState<Readonly<Record<string, string>>>(notifier?.settings ?? {});
  const type = types.find((one) => one.type === typeName);

  const save = useMutation({
    mutationFn: () => {
      const body: NotifierSettings = { name: name.trim(), type: typeName, enabled, minimumSeverity, settings: chosenSettings(type, values) };
      return notifier === undefined ? api.post('/notifiers', { body }) : api.put('/notifiers/{id}', { id: notifier.id, body });
    },
    onSuccess: async (saved) => {
      say(`${saved.name} saved`);
      onClose();
      await client.invalidateQueries({ queryKey: ['notifier'] });
    },
  });
  const fields = save.error instanceof Problem ? save.error.fields : new Map<string, string>();
  const isComplete = (type?.settings ?? []).every(
    (setting) => !setting.required || (values[setting.name] ?? '') !== '' || setting.type === 'BOOLEAN' || (setting.secret && notifier !== undefined),
  );

  return (
    <Dialog
      title={notifier === undefined ? 'Add a notifier' : `Edit ${notifier.name}`}
      action="Save"
      isBusy={save.isPending}
      isReady={name.trim() !== '' && type !== undefined && isComplete}
      error={save.error}
      onAction={() => save.mutate()}
      onClose={onClose}
    >
      {notifier === undefined && (
        <FormGroup label="Type" fieldId="notifier-type">
          <FormSelect id="notifier-type" value={typeName} onChange={(_event, value) => setTypeName(value)}>
            {types.map((one) => <FormSelectOption key={one.type} value={one.type} label={one.label} />)}
          </FormSelect>
          <FormHelperText><HelperText><HelperTextItem>{type?.help}</HelperTextItem></HelperText></FormHelperText>
        </FormGroup>
      )}
      <FormGroup label="Name" isRequired fieldId="notifier-name">
        <TextInput
          id="notifier-name"
          isRequired
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(_event, value) => setName(value)}
          validated={fields.has('name') ? 'error' : 'default'}
        />
      </FormGroup>
      {(type?.settings ?? []).map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          value={values[setting.name] ?? ''}
          keepsSecret={notifier !== undefined}
          error={fields.get(setting.name) ?? fields.get(`settings.${setting.name}`)}
          onChange={(value) => setValues((all) => ({ ...all, [setting.name]: value }))}
        />
      ))}
      <FormGroup label="Sends alerts of at least" fieldId="notifier-severity">
        <FormSelect id="notifier-severity" value={minimumSeverity} onChange={(_event, value) => setMinimumSeverity(value as Severity)}>
          {[...SEVERITIES].reverse().map((severity) => <FormSelectOption key={severity} value={severity} label={severityName(severity)} />)}
        </FormSelect>
      </FormGroup>
      <Switch id="notifier-enabled" label="Sends alerts" isChecked={enabled} onChange={(_event, checked) => setEnabled(checked)} />
    </Dialog>
  );
}

/** Only what the type knows, and no empty ones: a secret left out stays as it is. */
function chosenSettings(type: NotifierType | undefined, values: Readonly<Record<string, string>>): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const { name } of type?.settings ?? []) {
    const value = values[name];
    if (value !== undefined && value !== '') chosen[name] = value;
  }
  return chosen;
}
