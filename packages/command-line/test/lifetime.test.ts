import { Lifetime } from '../src';

describe('Lifetime', () => {
  it('cleans up in reverse order, also after a clean-up has failed, and then says so', async () => {
    const lifetime = new Lifetime();
    const done: string[] = [];
    lifetime.atEnd(() => void done.push('first'));
    lifetime.atEnd(() => {
      throw new Error('cannot');
    });
    lifetime.atEnd(async () => void done.push('last'));

    await expect(lifetime.end()).rejects.toThrow('cannot');
    expect(done).toEqual(['last', 'first']);
  });

  it('cleans up once', async () => {
    const lifetime = new Lifetime();
    let times = 0;
    lifetime.atEnd(() => {
      times += 1;
    });
    await lifetime.end();
    await lifetime.end();

    expect(times).toBe(1);
  });

  it('aborts its signal with the reason of the interruption', () => {
    const lifetime = new Lifetime();
    lifetime.interrupt(new Error('interrupted by SIGINT'));

    expect(() => lifetime.signal.throwIfAborted()).toThrow('interrupted by SIGINT');
  });
});
