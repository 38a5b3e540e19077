import { Alert, Button, Card, CardBody, CardTitle, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, NumberInput, TextArea } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client';
import { lineFor } from '../api/problem';
import type { Settings } from '../api/types';
import { useMay } from '../app/session';
import { Loading, ProblemState } from '../part/States';
import { useSay } from '../part/Toasts';
import { View } from '../part/View';

const LONGEST_DAYS = 3650;

export function SettingsPage() {
  const settings = useQuery({ queryKey: ['setting'], queryFn: ({ signal }) => api.get('/settings', { signal }), refetchOnWindowFocus: false });
  const version = useQuery({ queryKey: ['version'], queryFn: ({ signal }) => api.get('/version', { signal }) });
  return (
    <View title="Settings" lead="What counts as the platform, and how long things are kept.">
      {settings.isPending && <Loading what="settings" />}
      {settings.isError && <ProblemState error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data !== undefined && <SettingsForm settings={settings.data} />}
      {version.data !== undefined && (
        <p className="bw-quiet bw-above">Bulwark Central {version.data.version}, {version.data.database}</p>
      )}
    </View>
  );
}

/** One pattern a line, blanks around it left out. */
export function patterns(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
}

function SettingsForm({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const say = useSay();
  const mayWrite = useMay('setting.write');
  const [namespaces, setNamespaces] = useState(settings.platformNamespaces.join('\n'));
  const [alertDays, setAlertDays] = useState(settings.resolvedAlertDays);
  const [auditDays, setAuditDays] = useState(settings.auditDays);
  const save = useMutation({
    mutationFn: () => api.put('/settings', { body: { platformNamespaces: patterns(namespaces), resolvedAlertDays: alertDays, auditDays } }),
    onSuccess: (saved) => {
      client.setQueryData(['setting'], saved);
      setNamespaces(saved.platformNamespaces.join('\n'));
      say('Settings saved');
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'setting' && queryKey[0] !== 'session' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Form onSubmit={submit} className="bw-form">
      {save.isError && <Alert isInline variant="danger" title={lineFor(save.error)} role="alert" />}
      <Card component="section">
        <CardTitle component="h2">Platform namespaces</CardTitle>
        <CardBody>
          <FormGroup label="Patterns, one a line" fieldId="platform-namespaces">
            <TextArea
              id="platform-namespaces"
              rows={8}
              className="bw-mono"
              value={namespaces}
              readOnlyVariant={mayWrite ? undefined : 'default'}
              onChange={(_event, value) => setNamespaces(value)}
              aria-describedby="platform-help"
              resizeOrientation="vertical"
              spellCheck={false}
            />
            <FormHelperText>
              <HelperText id="platform-help">
                <HelperTextItem>Workloads in these namespaces are shown apart from yours. * stands for any text.</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </CardBody>
      </Card>
      <Card component="section">
        <CardTitle component="h2">Retention</CardTitle>
        <CardBody>
          <div className="bw-stack">
            <Days id="alert-days" label="Keep resolved alerts for" days={alertDays} onChange={setAlertDays} isReadOnly={!mayWrite} />
            <Days id="audit-days" label="Keep the audit log for" days={auditDays} onChange={setAuditDays} isReadOnly={!mayWrite} />
          </div>
        </CardBody>
      </Card>
      {mayWrite && <div><Button type="submit" isLoading={save.isPending} isDisabled={save.isPending}>Save</Button></div>}
    </Form>
  );
}

function Days({ id, label, days, onChange, isReadOnly }: { id: string; label: string; days: number; onChange: (days: number) => void; isReadOnly: boolean }) {
  const bounded = (value: number) => onChange(Math.min(LONGEST_DAYS, Math.max(1, Math.trunc(value) || 1)));
  return (
    <FormGroup label={label} fieldId={id}>
      <NumberInput
        inputProps={{ id }}
        inputName={id}
        inputAriaLabel={`${label}, in days`}
        minusBtnAriaLabel="A day less"
        plusBtnAriaLabel="A day more"
        unit="days"
        min={1}
        max={LONGEST_DAYS}
        value={days}
        isDisabled={isReadOnly}
        widthChars={5}
        onMinus={() => bounded(days - 1)}
        onPlus={() => bounded(days + 1)}
        onChange={(event) => bounded(Number((event.target as HTMLInputElement).value))}
      />
    </FormGroup>
  );
}
