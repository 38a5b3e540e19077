import { Button } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client';
import { lineFor } from '../api/problem';
import type { Notifier } from '../api/types';
import { useSay } from '../part/Toasts';

/** Sends a test message and says how it went. */
export function TestButton({ notifier }: { notifier: Notifier }) {
  const say = useSay();
  const test = useMutation({
    mutationFn: () => api.post('/notifiers/{id}/test', { id: notifier.id }),
    onSuccess: (outcome) =>
      outcome.delivered
        ? say(`${notifier.name}: delivered. ${outcome.message}`)
        : say(`${notifier.name}: not delivered. ${outcome.message}`, 'danger'),
    onError: (error) => say(`${notifier.name}: ${lineFor(error)}`, 'danger'),
  });
  return (
    <Button variant="link" isInline aria-label={`Test ${notifier.name}`} isLoading={test.isPending} isDisabled={test.isPending} onClick={() => test.mutate()}>
      Test
    </Button>
  );
}
