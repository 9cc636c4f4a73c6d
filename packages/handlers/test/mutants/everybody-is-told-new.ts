import * as original from '../../src/idempotency/name-store';

export * from '../../src/idempotency/name-store';

export class NameStore extends original.NameStore {
  override async announce(...announcement: Parameters<original.NameStore['announce']>): Promise<boolean> {
    await super.announce(...announcement);
    return true;
  }
}
