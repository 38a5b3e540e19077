import { Button, FormGroup, Radio, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { api } from '../api/client';
import { lineFor } from '../api/problem';
import { Dialog } from '../part/Dialog';
import { useSay } from '../part/Toasts';
import { useAlertChange } from './useAlertChange';

const HOUR_MS = 3_600_000;
const CHOICES = [
  { label: 'An hour', hours: 1 },
  { label: 'A day', hours: 24 },
  { label: 'A week', hours: 7 * 24 },
  { label: '30 days', hours: 30 * 24 },
] as const;

/** Keeps an alert quiet for a while. */
export function SnoozeDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [hours, setHours] = useState<number>(24);
  const [reason, setReason] = useState('');
  const snooze = useAlertChange(
    () =>
      api.post('/alerts/{id}/snooze', {
        id,
        body: {
          until: new Date(Date.now() + hours * HOUR_MS).toISOString(),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        },
      }),
    { said: 'Alert snoozed', onDone: onClose },
  );
  return (
    <Dialog title="Snooze this alert" action="Snooze" isBusy={snooze.isPending} error={snooze.error} onAction={() => snooze.mutate()} onClose={onClose}>
      <FormGroup role="radiogroup" label="Keep quiet for" fieldId="snooze-for">
        {CHOICES.map((choice) => (
          <Radio
            key={choice.hours}
            id={`snooze-${choice.hours}`}
            name="snooze-for"
            label={choice.label}
            isChecked={hours === choice.hours}
            onChange={() => setHours(choice.hours)}
          />
        ))}
      </FormGroup>
      <FormGroup label="Reason" fieldId="snooze-reason">
        <TextInput id="snooze-reason" maxLength={1000} value={reason} onChange={(_event, value) => setReason(value)} />
      </FormGroup>
    </Dialog>
  );
}

/** Ends a snooze: to the contract, one that ends in the past. */
export function WakeButton({ id }: { id: string }) {
  const say = useSay();
  const wake = useAlertChange(() => api.post('/alerts/{id}/snooze', { id, body: { until: new Date(Date.now() - 1000).toISOString() } }), {
    said: 'Snooze ended',
    onDone: () => undefined,
  });
  return (
    <Button
      variant="secondary"
      isLoading={wake.isPending}
      isDisabled={wake.isPending}
      onClick={() => wake.mutate(undefined, { onError: (error) => say(lineFor(error), 'danger') })}
    >
      End snooze
    </Button>
  );
}
