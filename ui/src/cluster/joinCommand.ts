/** The shell command that lets a Sensor join with a registration's secret: it reads the secret from a file. */
export function joinCommand(secret: string): string {
  const quoted = `'${secret.replace(/'/g, `'\\''`)}'`;
  return `(umask 077; printf '%s\\n' ${quoted} > registration) && bulwark-sensor --registration registration --kubeconfig "$HOME/.kube/config" --data sensor`;
}
