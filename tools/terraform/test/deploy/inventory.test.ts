import { leftovers } from '../../src/deploy/inventory';

const inventory = (entries: Record<string, string[]>) =>
  new Map(Object.entries(entries).map(([kind, names]) => [kind, new Set(names)]));

describe('leftovers', () => {
  it('lists by kind what was not there before', () => {
    const before = inventory({ roles: ['admin'], functions: [] });
    const after = inventory({ roles: ['admin', 'e2e-dev-get-task'], functions: ['e2e-dev-get-task'] });

    expect(leftovers(before, after, '')).toEqual(['roles: e2e-dev-get-task', 'functions: e2e-dev-get-task']);
  });

  it('passes over what others made in the same account meanwhile', () => {
    const after = inventory({ 'log groups': ['/aws/lambda/theirs', '/aws/lambda/e2e-dev-get-task'] });

    expect(leftovers(inventory({}), after, 'e2e-')).toEqual(['log groups: /aws/lambda/e2e-dev-get-task']);
  });
});
