import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Spinner } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { lineFor } from '../api/problem';

export function Loading({ what }: { what: string }) {
  return (
    <Bullseye className="bw-loading">
      <Spinner aria-label={`Loading ${what}`} size="lg" />
    </Bullseye>
  );
}

/** Says in one line what went wrong, and offers to try again. */
export function ProblemState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div role="alert">
      <EmptyState status="danger" titleText="This could not be read" headingLevel="h2" variant="sm">
        <EmptyStateBody>{lineFor(error)}</EmptyStateBody>
        {onRetry !== undefined && (
          <EmptyStateFooter>
            <EmptyStateActions>
              <Button variant="secondary" onClick={onRetry}>Try again</Button>
            </EmptyStateActions>
          </EmptyStateFooter>
        )}
      </EmptyState>
    </div>
  );
}

interface NothingProps {
  title: string;
  icon?: React.ComponentType;
  status?: 'success' | 'info' | 'warning';
  children?: ReactNode;
  actions?: ReactNode;
}

/** An empty list: why it is empty and what to do next. */
export function Nothing({ title, icon, status, children, actions }: NothingProps) {
  return (
    <EmptyState titleText={title} headingLevel="h2" variant="sm" {...(icon ? { icon } : {})} {...(status ? { status } : {})}>
      {children !== undefined && <EmptyStateBody>{children}</EmptyStateBody>}
      {actions !== undefined && (
        <EmptyStateFooter>
          <EmptyStateActions>{actions}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}
