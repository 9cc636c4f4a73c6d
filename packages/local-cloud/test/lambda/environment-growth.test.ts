import { growthOf } from '../../src/lambda/environment-growth';

const queue = { waiting: 100, environments: 4, unmovedLooks: 1, capacityLooks: 0 };

describe('environments for a queue', () => {
  it('double while there is capacity, because those that are there wait for something else', () => {
    expect(growthOf({ ...queue, capacityLooks: 3 })).toBe(4);
    expect(growthOf({ ...queue, capacityLooks: 3, environments: 0 })).toBe(1);
  });

  it('do not grow for a moment of capacity', () => {
    expect(growthOf({ ...queue, capacityLooks: 2 })).toBe(0);
  });

  it('are never more than what waits', () => {
    expect(growthOf({ ...queue, capacityLooks: 3, waiting: 3 })).toBe(3);
  });

  it('do not grow without capacity, however long a queue is that moves', () => {
    expect(growthOf({ ...queue, waiting: 100_000 })).toBe(0);
  });

  it('grow by one without capacity when the queue stands still', () => {
    expect(growthOf({ ...queue, unmovedLooks: 3 })).toBe(0);
    expect(growthOf({ ...queue, unmovedLooks: 4 })).toBe(1);
  });
});
