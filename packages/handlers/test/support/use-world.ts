interface World<W> {
  /** The same tables under a world without anything else of the last test. */
  fresh(): W;
  stop(): Promise<void>;
}

/** Gives each test of a file a fresh world over tables that the file shares. */
export function useWorld<W extends World<W>>(kind: { start(): Promise<W> }, use: (world: W) => void): void {
  let shared: W;
  beforeAll(async () => {
    shared = await kind.start();
  });
  afterAll(() => shared.stop());
  beforeEach(() => use(shared.fresh()));
}
