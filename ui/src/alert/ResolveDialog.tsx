import { FormGroup, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import { api } from '../api/client';
import { Dialog } from '../part/Dialog';
import { useAlertChange } from './useAlertChange';

export function ResolveDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const resolve = useAlertChange(() => api.post('/alerts/{id}/resolve', { id, body: { reason: reason.trim() } }), {
    said: 'Alert resolved',
    onDone: onClose,
  });
  return (
    <Dialog
      title="Resolve this alert"
      action="Resolve"
      isBusy={resolve.isPending}
      isReady={reason.trim() !== ''}
      error={resolve.error}
      onAction={() => resolve.mutate()}
      onClose={onClose}
    >
      <p>It resolves by itself once the workload is mended. Resolved by hand, it stays so while the same is found, and opens again when something else is.</p>
      <FormGroup label="Reason" isRequired fieldId="reason">
        <TextArea id="reason" isRequired maxLength={1000} rows={3} value={reason} onChange={(_event, value) => setReason(value)} resizeOrientation="vertical" />
      </FormGroup>
    </Dialog>
  );
}
