import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** An answer of the gateway itself: `{"message":"Not Found"}`. */
export function gatewayResponse(status: number, message: string): ApiResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}

const ResultSchema = v.object({
  statusCode: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.digits(), v.transform(Number))]),
    v.integer(),
    v.minValue(100),
    v.maxValue(599),
  ),
  headers: v.nullish(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
  cookies: v.nullish(v.array(v.string()), []),
  body: v.nullish(v.string(), ''),
  isBase64Encoded: v.nullish(v.boolean(), false),
});

/** The gateway frames the message itself. */
const FRAMING = ['connection', 'content-length', 'keep-alive', 'transfer-encoding'];

/**
 * What a function's result means as a response, by the rules of payload format 2.0: with a `statusCode` it is taken
 * apart, without one the whole result is the body.
 * @returns undefined when the result is no response; API Gateway answers 500 then
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toResponse(payload: string): ApiResponse | undefined {
  const result = JSON.parse(payload) as unknown;
  if (result === null || typeof result !== 'object' || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const parsed = v.safeParse(ResultSchema, result);
  if (!parsed.success) {
    return undefined;
  }
  const { body, cookies, headers, isBase64Encoded, statusCode } = parsed.output;
  const sent: Record<string, string | readonly string[]> = { 'content-type': 'text/plain;charset=UTF-8' };
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeader(name, String(value))) {
      return undefined;
    }
    if (!FRAMING.includes(name.toLowerCase())) {
      sent[name.toLowerCase()] = String(value);
    }
  }
  if (cookies.length > 0) {
    sent['set-cookie'] = cookies;
  }
  return { status: statusCode, headers: sent, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
