import { Label } from '@patternfly/react-core';
import type { AlertRow } from '../api/types';
import { absolute } from '../part/Time';

/** Whether an alert is open, kept quiet or done. */
export function StateLabel({ alert }: { alert: AlertRow }) {
  switch (alert.state) {
    case 'OPEN':
      return <Label isCompact variant="outline" color="red">Open</Label>;
    case 'SNOOZED':
      return (
        <Label isCompact variant="outline" color="yellow" title={alert.snoozedUntil && `until ${absolute(alert.snoozedUntil)}`}>
          Snoozed
        </Label>
      );
    case 'RESOLVED':
      return <Label isCompact variant="outline" color="green">Resolved</Label>;
  }
}
