import type { MiddlewareHandler } from 'hono';
import { HttpProblem } from './problem';

/**
 * Only pages of this console may talk to it. The Host check stops a foreign name that was rebound to this machine; the
 * Origin check and the JSON content type stop forms and scripts of other sites.
 *
 * @see https://owasp.org/www-community/attacks/DNS_Rebinding
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function ownPagesOnly(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port()}`);
    const host = context.req.header('host') ?? '';
    if (!hosts.includes(host)) {
      throw new HttpProblem(
        421,
        'wrong-host',
        `The console accepts only the hosts ${hosts.join(', ')}; received “${host}”.`,
      );
    }
    if (!['GET', 'HEAD'].includes(context.req.method)) {
      const origin = context.req.header('origin');
      if (origin !== `http://${host}`) {
        throw new HttpProblem(403, 'foreign-origin', 'The console accepts changes only from its own pages.');
      }
      if (!/^application\/json\b/.test(context.req.header('content-type') ?? '')) {
        throw new HttpProblem(415, 'not-json', 'Send application/json.');
      }
    }
    await next();
  };
}

/** Nothing from outside, no frames, no inline scripts or styles. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** @see https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html */
export const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Content-Security-Policy', POLICY);
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  if (context.req.path.startsWith('/api/')) {
    context.header('Cache-Control', 'no-store');
  }
};
