import { growthOf } from '../../src/lambda/environment-growth';

const queue = { waiting: 100, environments: 4, unmovedLooks: 1, roomLooks: 0 };

describe('environments for a queue', () => {
  it('double while there is room, because those that are there wait for something else', () => {
    expect(growthOf({ ...queue, roomLooks: 3 })).toBe(4);
    expect(growthOf({ ...queue, roomLooks: 3, environments: 0 })).toBe(1);
  });

  it('do not grow for a moment of room', () => {
    expect(growthOf({ ...queue, roomLooks: 2 })).toBe(0);
  });

  it('are never more than what waits', () => {
    expect(growthOf({ ...queue, roomLooks: 3, waiting: 3 })).toBe(3);
  });

  it('do not grow without room, however long a queue is that moves', () => {
    expect(growthOf({ ...queue, waiting: 100_000 })).toBe(0);
  });

  it('grow by one without room when the queue stands still', () => {
    expect(growthOf({ ...queue, unmovedLooks: 3 })).toBe(0);
    expect(growthOf({ ...queue, unmovedLooks: 4 })).toBe(1);
  });
});
