import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertDetail } from '../api/types';
import { useSay } from '../part/Toasts';

/** A change of one alert: the answer is shown at once, and lists that show the alert are read again. */
export function useAlertChange(change: () => Promise<AlertDetail>, { said, onDone }: { said: string; onDone: () => void }) {
  const client = useQueryClient();
  const say = useSay();
  return useMutation({
    mutationFn: change,
    onSuccess: (alert) => {
      client.setQueryData(['alert', alert.id], alert);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => ['alert', 'dashboard', 'workload'].includes(String(queryKey[0])) && queryKey[1] !== alert.id,
      });
      say(said);
      onDone();
    },
  });
}
