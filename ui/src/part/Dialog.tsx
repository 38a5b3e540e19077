import { Alert, Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId, type FormEvent, type ReactNode } from 'react';
import { lineFor } from '../api/problem';

interface Props {
  title: string;
  /** What the button does, in its word: Remove, Create. */
  action: string;
  isDangerous?: boolean;
  isBusy: boolean;
  isReady?: boolean;
  error?: unknown;
  variant?: 'small' | 'medium';
  onAction: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with one action. It keeps the focus and gives it back; Escape closes it; Enter in a field does the action. */
export function Dialog({ title, action, isDangerous, isBusy, isReady = true, error, variant = 'small', onAction, onClose, children }: Props) {
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !isBusy) onAction();
  };
  return (
    <Modal isOpen variant={variant} aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={title} labelId={`${id}-title`} {...(isDangerous ? { titleIconVariant: 'warning' } : {})} />
      <ModalBody>
        <Form id={`${id}-form`} onSubmit={submit}>
          {error !== undefined && error !== null && <Alert variant="danger" isInline title={lineFor(error)} role="alert" />}
          {children}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          variant={isDangerous ? 'danger' : 'primary'}
          isLoading={isBusy}
          isDisabled={isBusy || !isReady}
        >
          {action}
        </Button>
        <Button variant="link" onClick={onClose}>Cancel</Button>
      </ModalFooter>
    </Modal>
  );
}

/** A dialog that shows a secret for the only time; closing it is a decision of its own. */
export function SecretDialog({ title, children, onClose }: { title: string; children: ReactNode; onClose: () => void }) {
  const id = useId();
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onEscapePress={() => undefined}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody className="bw-secret">{children}</ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={onClose}>I have kept it</Button>
      </ModalFooter>
    </Modal>
  );
}
