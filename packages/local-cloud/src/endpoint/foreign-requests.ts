import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** A request that a web page of another site can make the developer's browser send. */
export interface ForeignRequest {
  readonly status: 403 | 421;
  readonly message: string;
}

/**
 * Says why a request is refused, or `undefined`. The ports of the runtime take any credentials, so pages of other sites
 * must not reach them: a name of theirs can be rebound to this machine, which the `Host` header shows, and their forms
 * and scripts carry their `Origin`.
 *
 * @see https://owasp.org/www-community/attacks/DNS_Rebinding
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function foreignRequest({ host = '', origin }: IncomingHttpHeaders): ForeignRequest | undefined {
  if (!isLocalName(nameOf(host))) {
    return {
      status: 421,
      message: `This endpoint accepts localhost, IP addresses and names without a dot. Host is ${show(host)}: use http://localhost or http://127.0.0.1 with the port.`,
    };
  }
  if (origin !== undefined && !isLocalOrigin(origin)) {
    return {
      status: 403,
      message: `Pages of other sites cannot call this endpoint. Origin is ${show(origin)}; allowed are pages of this machine, such as http://localhost:3000.`,
    };
  }
  return undefined;
}

/** The header's host without port; of an IPv6 address, without brackets. */
const nameOf = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

/**
 * No public name: an address, `localhost` and what is below it, and a single label, which only a network of one's own
 * resolves (the name of a container, or `sync-localhost`, by which SDKs call StartSyncExecution).
 */
const isLocalName = (name: string): boolean =>
  isIP(name) !== 0 || name.endsWith('.localhost') || /^(?:sync-)?\d+(?:\.\d+){3}$/.test(name) || /^[\w-]+$/.test(name);

function isLocalOrigin(origin: string): boolean {
  try {
    return isLocalName(nameOf(new URL(origin).host));
  } catch {
    // `null`: a page without an origin, such as a sandboxed frame of any site.
    return false;
  }
}

const show = (value: string): string => JSON.stringify(value.slice(0, 100));
