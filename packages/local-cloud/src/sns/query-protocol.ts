/** The AWS query protocol, as SNS speaks it: forms in, XML out. @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
import type { JsonValue } from '@workflows/states-language';
import type { AwsError } from '../contracts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

type Tree = { [key: string]: Tree | string };

/** `A.member.1=x` becomes `{A: ['x']}`, and `A.entry.1.key=k`, `A.entry.1.value=v` become `{A: {k: 'v'}}`. */
export function readForm(form: URLSearchParams): Record<string, JsonValue> {
  const tree: Tree = {};
  for (const [path, value] of form) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let node = tree;
    for (const key of keys) {
      const next = Object.hasOwn(node, key) ? node[key] : undefined;
      node = typeof next === 'object' ? next : addNode(node, key);
    }
    set(node, last, value);
  }
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, jsonOf(value)]));
}

function addNode(parent: Tree, key: string): Tree {
  const added: Tree = {};
  set(parent, key, added);
  return added;
}

/** A key may be `__proto__`. */
const set = (node: Tree, key: string, value: Tree | string): void =>
  void Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });

function jsonOf(node: Tree | string): JsonValue {
  if (typeof node === 'string') {
    return node;
  }
  const { entry, member } = node;
  if (typeof member === 'object') {
    return Object.values(member).map(jsonOf);
  }
  if (typeof entry === 'object') {
    const pairs = Object.values(entry).map(jsonOf) as Record<string, JsonValue>[];
    return Object.fromEntries(pairs.map((pair) => [String(pair.key ?? pair.Name), pair.value ?? pair.Value ?? '']));
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, jsonOf(value)]));
}

export function resultXml(operation: string, result: Record<string, JsonValue>, requestId: string): string {
  const content = Object.keys(result).length === 0 ? [] : [element(`${operation}Result`, members(result))];
  const metadata = element('ResponseMetadata', [element('RequestId', requestId)]);
  return `${element(`${operation}Response`, [...content, metadata], ` xmlns="${NAMESPACE}"`)}\n`;
}

export function errorXml({ code, message, status }: AwsError, requestId: string): string {
  const error = [
    element('Type', status < 500 ? 'Sender' : 'Receiver'),
    element('Code', code),
    element('Message', message),
  ];
  return `${element('ErrorResponse', [element('Error', error), element('RequestId', requestId)], ` xmlns="${NAMESPACE}"`)}\n`;
}

const members = (value: Record<string, JsonValue>): string[] =>
  Object.entries(value).map(([name, member]) => element(name, contentOf(name, member)));

function contentOf(name: string, value: JsonValue): string | string[] {
  if (Array.isArray(value)) {
    return value.map((item) => element('member', contentOf('member', item)));
  }
  if (typeof value !== 'object' || value === null) {
    return String(value ?? '');
  }
  // The only maps in SNS's answers.
  return name === 'Attributes'
    ? Object.entries(value).map(([key, item]) =>
        element('entry', [element('key', key), element('value', String(item))]),
      )
    : members(value);
}

function element(name: string, content: string | readonly string[], attributes = ''): string {
  const text = typeof content === 'string' ? escaped(content) : `\n${indented(content.join('\n'))}\n`;
  return `<${name}${attributes}>${text}</${name}>`;
}

const indented = (text: string): string => text.replace(/^(?= *<)/gm, '  ');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
