import type { JsonValue } from '@workflows/states-language';
import { AWS_SDK_STYLE } from '../../aws-sdk';

/**
 * Types of attributes whose names `aws-sdk:dynamodb` writes in another way than the API. An attribute may have such a
 * name, too; what it names is then an object, which none of these types has as its value.
 *
 * @see https://github.com/aws/aws-sdk-js/issues/4294
 */
const ATTRIBUTE_TYPES = [
  { api: 'BOOL', state: 'Bool', has: (value: JsonValue) => typeof value === 'boolean' },
  { api: 'NULL', state: 'Nul', has: (value: JsonValue) => typeof value === 'boolean' },
  { api: 'SS', state: 'Ss', has: Array.isArray },
  { api: 'NS', state: 'Ns', has: Array.isArray },
  { api: 'BS', state: 'Bs', has: Array.isArray },
] as const;

/** Members of tables with other names than in the API. An attribute of such a name is no member. */
const MEMBERS = new Map([
  ['SSEDescription', 'SseDescription'],
  ['SSESpecification', 'SseSpecification'],
  ['SSEType', 'SseType'],
  ['KMSMasterKeyArn', 'KmsMasterKeyArn'],
  ['KMSMasterKeyId', 'KmsMasterKeyId'],
]);
const MEMBERS_OF_API = new Map([...MEMBERS].map(([api, state]) => [state, api]));

/** Instants are epoch seconds on the wire. Attributes of this name are objects. */
const INSTANT = /DateTime$/;

/** Names as the API has them; those of the API are accepted as well. */
export const apiNames = (value: JsonValue): JsonValue =>
  renamed(value, (name, member) => {
    const type = ATTRIBUTE_TYPES.find(({ has, state }) => state === name && has(member));
    return [type?.api ?? (isAttribute(member) ? undefined : MEMBERS_OF_API.get(name)), member];
  });

/** Names as the output of `aws-sdk:dynamodb` has them. */
export const stateNames = (value: JsonValue): JsonValue =>
  renamed(value, (name, member) => {
    if (INSTANT.test(name) && typeof member === 'number') {
      return [name, AWS_SDK_STYLE.instant(new Date(Math.round(member * 1000)))];
    }
    const type = ATTRIBUTE_TYPES.find(({ api, has }) => api === name && has(member));
    return [type?.state ?? (isAttribute(member) ? undefined : MEMBERS.get(name)), member];
  });

function renamed(
  value: JsonValue,
  rename: (name: string, member: JsonValue) => readonly [name: string | undefined, member: JsonValue],
): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item) => renamed(item, rename));
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([oldName, oldMember]) => {
      const [name, member] = rename(oldName, oldMember);
      return [name ?? oldName, renamed(member, rename)];
    }),
  );
}

const isObject = (value: JsonValue): value is { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{"S": "text"}`: types have short names, members of tables long ones. */
const isAttribute = (value: JsonValue): boolean => {
  const names = isObject(value) ? Object.keys(value) : [];
  return names.length === 1 && (names[0] ?? '').length <= 'BOOL'.length;
};
