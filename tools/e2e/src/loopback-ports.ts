/** Ports that a deployment on this machine listens on. */

/** Every loopback port named by a URL anywhere in `values`. */
export function loopbackPorts(values: readonly string[]): number[] {
  const ports = values
    .filter((value) => URL.canParse(value))
    .map((value) => new URL(value))
    .filter(({ hostname }) => hostname === '127.0.0.1' || hostname === 'localhost')
    .map(({ port }) => Number(port));
  return [...new Set(ports.filter((port) => port > 0))];
}
