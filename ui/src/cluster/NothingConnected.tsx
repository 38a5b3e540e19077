import { Button, Spinner } from '@patternfly/react-core';
import { ClusterIcon } from '@patternfly/react-icons/dist/esm/icons/cluster-icon';
import { Link } from 'react-router';
import { useMay } from '../app/session';
import { Nothing } from '../part/States';

/**
 * Nothing is guarded yet. The local cluster of `bulwark up` takes minutes to build the first time: what shows this asks
 * again by itself.
 */
export function NothingConnected({ onRegister }: { onRegister?: () => void }) {
  const mayRegister = useMay('cluster.write');
  return (
    <Nothing
      title="No cluster is connected yet"
      icon={ClusterIcon}
      actions={
        <>
          {mayRegister && onRegister !== undefined && <Button onClick={onRegister}>Register a cluster</Button>}
          {mayRegister && onRegister === undefined && <Link to="/clusters?register">Register a cluster</Link>}
        </>
      }
    >
      <p>
        If <code>bulwark up</code> has just been started, its local cluster is still being built: the first time that takes some
        minutes, and its terminal shows the progress.
      </p>
      <p className="bw-waiting">
        <Spinner size="md" aria-hidden /> <span role="status">Waiting; this page refreshes by itself.</span>
      </p>
    </Nothing>
  );
}
