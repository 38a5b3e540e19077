import { Button } from '@patternfly/react-core';
import { Link, useRouteError } from 'react-router';
import { lineFor } from '../api/problem';
import { Nothing } from '../part/States';
import { View } from '../part/View';

export function NotFound() {
  return (
    <View title="No such page">
      <Nothing title="There is nothing at this address" actions={<Link to="/">Go to the dashboard</Link>}>
        It may have been removed, or the address may be mistyped.
      </Nothing>
    </View>
  );
}

export function Forbidden({ permission }: { permission: string }) {
  return (
    <View title="Not for your role">
      <Nothing title="Your role does not let you see this page" status="info">
        It takes the permission <code>{permission}</code>. An administrator can give it to you.
      </Nothing>
    </View>
  );
}

/** What went wrong in a page itself; after an upgrade of Central its files are gone and the page must be loaded anew. */
export function RouteProblem() {
  const error = useRouteError();
  return (
    <div role="alert">
      <Nothing
        title="This page failed"
        status="warning"
        actions={<Button onClick={() => window.location.reload()}>Load the page again</Button>}
      >
        {lineFor(error)}
      </Nothing>
    </div>
  );
}
