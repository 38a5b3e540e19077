import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

type Say = (text: string, variant?: 'success' | 'danger') => void;
interface Toast {
  id: number;
  text: string;
  variant: 'success' | 'danger';
}

const ToastContext = createContext<Say>(() => undefined);
let nextId = 0;

/** Short messages on what was done, read out by screen readers. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const remove = (id: number) => setToasts((all) => all.filter((toast) => toast.id !== id));
  const say = useCallback<Say>((text, variant = 'success') => {
    setToasts((all) => [...all.slice(-3), { id: nextId++, text, variant }]);
  }, []);
  return (
    <ToastContext value={say}>
      {children}
      <AlertGroup isToast isLiveRegion>
        {toasts.map((toast) => (
          <Alert
            key={toast.id}
            title={toast.text}
            variant={toast.variant}
            timeout={toast.variant === 'success' ? 6_000 : 15_000}
            onTimeout={() => remove(toast.id)}
            actionClose={<AlertActionCloseButton title={toast.text} onClose={() => remove(toast.id)} />}
          />
        ))}
      </AlertGroup>
    </ToastContext>
  );
}

export function useSay(): Say {
  return useContext(ToastContext);
}
