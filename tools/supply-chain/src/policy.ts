import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());

/** `policy.json`: what the project may be made of. Every exception says why. */
const Policy = v.strictObject({
  licences: v.strictObject({
    allowed: v.array(text),
    exceptions: v.array(v.strictObject({ licence: text, packages: v.array(text), reason: text })),
  }),
  vulnerabilities: v.strictObject({
    /** An exception ends: from `until` (ISO date) on, the advisory counts again. */
    exceptions: v.array(
      v.strictObject({ advisory: text, package: text, reason: text, until: v.pipe(v.string(), v.isoDate()) }),
    ),
  }),
});

export type Policy = v.InferOutput<typeof Policy>;

/** @throws when the file is missing, or not what it has to be */
export function readPolicy(file: string = join(__dirname, '..', 'policy.json')): Policy {
  return v.parse(Policy, JSON.parse(readFileSync(file, 'utf8')));
}
