const MANIFESTS = 'deploy/manifests/sensor';

/**
 * The shell commands that set up a Sensor as a pod which joins with a registration's secret. The secret goes through
 * a pipe, since other users of the machine can read a program's arguments.
 */
export function joinCommand(secret: string): string {
  const quoted = `'${secret.replace(/'/g, `'\\''`)}'`;
  return [
    `kubectl apply -f ${MANIFESTS}/1-namespace.yaml`,
    `printf '%s\\n' ${quoted} | kubectl -n bulwark create secret generic bulwark-registration --from-file=registration=/dev/stdin`,
    `kubectl apply -f ${MANIFESTS}`,
  ].join('\n');
}
