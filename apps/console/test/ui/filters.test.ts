import { hrefOf, readFilters } from '../../src/ui/views/executions/filters';

describe('the filters in the address', () => {
  it('come back as they were', () => {
    const filters = { status: 'FAILED', machine: 'dev-Workflow', name: 'a&b=c', page: 3 } as const;
    const query = Object.fromEntries(new URLSearchParams(hrefOf(filters).slice(2)));
    expect(readFilters(query)).toEqual(filters);
  });

  it('are nothing where nothing is filtered', () => {
    expect(hrefOf(readFilters({}))).toBe('/');
  });

  it('are taken for nothing where they are nonsense', () => {
    expect(readFilters({ status: 'ODD', page: '-4' })).toEqual({ status: undefined, machine: '', name: '', page: 1 });
  });
});
