import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** First bytes of every token; in base64 they are `V0ZU`. */
const HEADER = Buffer.from('WFT');
const NONCE_BYTES = 25;
const MAC_BYTES = 16;
const SIGNED_BYTES = HEADER.length + NONCE_BYTES;
const CHECKED_BYTES = SIGNED_BYTES + MAC_BYTES;
const TOKEN = /^V0ZU[\w-]{60}$/;
const TOKENS_IN_TEXT = /(?<![\w-])V0ZU[\w-]{60}(?![\w-])/g;

/** `malformed`: no token at all, or one that was cut or altered. `foreign`: a token of another service than this one. */
export type TaskTokenOrigin = 'own' | 'foreign' | 'malformed';

/**
 * Mints task tokens that carry a proof of where they come from, so that a token whose task is over can be told from
 * one that never was, however long ago, without a list of all that were given out.
 */
export class TaskTokenMint {
  /** @param secret kept with a snapshot, so that tokens given out before a restart remain valid after it */
  constructor(readonly secret: Buffer = randomBytes(32)) {}

  mint(): string {
    const signed = Buffer.concat([HEADER, randomBytes(NONCE_BYTES)]);
    const checked = Buffer.concat([signed, this.#mac(signed)]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(checked));
    return Buffer.concat([checked, checksum]).toString('base64url');
  }

  originOf(token: string): TaskTokenOrigin {
    if (!TOKEN.test(token)) {
      return 'malformed';
    }
    const bytes = Buffer.from(token, 'base64url');
    const checked = bytes.subarray(0, CHECKED_BYTES);
    if (bytes.readUInt32BE(CHECKED_BYTES) !== crc32(checked)) {
      return 'malformed';
    }
    const signed = checked.subarray(0, SIGNED_BYTES);
    return timingSafeEqual(checked.subarray(SIGNED_BYTES), this.#mac(signed)) ? 'own' : 'foreign';
  }

  #mac(signed: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(signed).digest().subarray(0, MAC_BYTES);
  }
}

/** Replaces every task token in a text, for logs, timelines and consoles. */
export function redactTaskTokens(text: string): string {
  return text.replace(TOKENS_IN_TEXT, '<task token>');
}
