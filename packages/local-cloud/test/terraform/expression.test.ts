import type { JsonValue } from '@workflows/states-language';
import { evaluateDocument, referencesIn } from '../../src/terraform/evaluate';

const attributes: Record<string, JsonValue> = {
  'aws_dynamodb_table.tasks': {
    arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/tasks',
    name: 'tasks',
    ttl: { enabled: true },
  },
  'data.aws_caller_identity.me': { account_id: '000000000000' },
};

const evaluate = (document: JsonValue) => evaluateDocument(document, ({ address }) => attributes[address] ?? null);

describe('expressions of synthesized JSON', () => {
  it.each([
    ['plain text', 'plain text'],
    ['${aws_dynamodb_table.tasks.name}', 'tasks'],
    ['a-${aws_dynamodb_table.tasks.name}-${data.aws_caller_identity.me.account_id}', 'a-tasks-000000000000'],
    ['${aws_dynamodb_table.tasks.ttl[0].enabled}', true],
    ['an escaped $${name} and %%{ if }', 'an escaped ${name} and %{ if }'],
    ['$.path and $context.requestId and 5% {', '$.path and $context.requestId and 5% {'],
    ['${replace(aws_dynamodb_table.tasks.arn, "/:table.*/", ":*")}', 'arn:aws:dynamodb:us-east-1:000000000000:*'],
    ['${replace("a.b.c", ".", "-")}', 'a-b-c'],
    ['${join(",", ["a", aws_dynamodb_table.tasks.name])}', 'a,tasks'],
    ['${jsonencode({"b" = aws_dynamodb_table.tasks.name, "a" = [1, true, null]})}', '{"a":[1,true,null],"b":"tasks"}'],
    ['${"inner ${aws_dynamodb_table.tasks.name} \\"quoted\\""}', 'inner tasks "quoted"'],
    ['${upper("x")}${lower("Y")}', 'Xy'],
  ])('%s is %j', (template, value) => {
    expect(evaluate(template)).toEqual(value);
  });

  it('evaluates inside lists and objects and leaves other values as they are', () => {
    expect(evaluate({ list: ['${aws_dynamodb_table.tasks.name}', 3], flag: false, none: null })).toEqual({
      list: ['tasks', 3],
      flag: false,
      none: null,
    });
  });

  it('finds references wherever they are', () => {
    const document = {
      a: ['${join("", [aws_a.x.arn])}'],
      b: { c: '${jsonencode({k = data.aws_b.y.z})}-${aws_c.z.id}' },
    };
    expect(referencesIn(document).map(({ address }) => address)).toEqual(['aws_a.x', 'data.aws_b.y', 'aws_c.z']);
  });

  it.each([
    ['${var.name}', 'reference `var.name` is not supported'],
    [
      '${aws_dynamodb_table.tasks.colour}',
      'aws_dynamodb_table.tasks has no attribute `colour`; supported: arn, name, ttl',
    ],
    ['${uuid()}', 'function `uuid` is not supported; supported: base64encode'],
    ['${1 + 2}', 'expression has no `}`'],
    ['%{ if true }x%{ endif }', 'a template directive `%{`'],
    ['${"open', 'an unterminated string'],
    ['${aws_dynamodb_table.tasks[*]}', 'an unknown expression'],
    ['x${aws_dynamodb_table.tasks.ttl}', 'a template cannot contain a list or an object'],
  ])('refuses %s', (template, message) => {
    expect(() => evaluate(template)).toThrow(message);
  });
});
