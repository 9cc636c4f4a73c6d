import { simplifyCondition } from '../../src/dynamodb/simplify-condition';

describe('simplifying conditions', () => {
  it.each(
    Object.entries({
      '(a = :a)': 'a = :a',
      'a = :a AND (b = :b AND (c = :c))': 'a = :a AND b = :b AND c = :c',
      '(a = :a AND b = :b) OR (c = :c AND d = :d)': 'a = :a AND b = :b OR c = :c AND d = :d',
      'a = :a AND (b = :b OR c = :c)': 'a = :a AND (b = :b OR c = :c)',
      'NOT (a = :a OR b = :b)': 'NOT (a = :a OR b = :b)',
      '(NOT (a = :a)) AND b = :b': 'NOT a = :a AND b = :b',
      '(a BETWEEN :x AND :y) AND (b IN (:p, :q))': 'a BETWEEN :x AND :y AND b IN ( :p , :q )',
      '(attribute_not_exists(#id) or (#n > :n))': 'attribute_not_exists ( #id ) OR #n > :n',
      '(begins_with(#a, :p))': 'begins_with ( #a , :p )',
      'size(#a) > :n': 'size ( #a ) > :n',
    }),
  )('%s becomes %s', (expression, simplified) => {
    expect(simplifyCondition(expression)).toBe(simplified);
  });

  it.each(['((a = :a))', '(a) = :a', 'a = :a AND', '(a = :a', 'a = :a)', 'AND', ''])(
    '%s is left to DynamoDB to judge',
    (expression) => {
      expect(simplifyCondition(expression)).toBe(expression);
    },
  );

  it('takes no longer for nested parentheses than for flat ones', () => {
    let nested = 'a = :a';
    for (let depth = 0; depth < 200; depth += 1) {
      nested = `(b = :b AND ${nested.startsWith('(') ? nested : `(${nested})`})`;
    }
    expect(simplifyCondition(nested)).not.toContain('(');
  });
});
