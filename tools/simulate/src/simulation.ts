import { createMutatedWorld } from './mutations/create-mutated-world';
import { type RunResult, runSchedule } from './run/run';
import { generate } from './schedule/generate';
import type { Schedule } from './schedule/schedule';
import { shrink } from './schedule/shrink';
import type { Failure } from './summary';
import { World } from './world/world';

/** A world needs memory for every execution there was, so it is replaced after this many runs. */
const RUNS_PER_WORLD = 3000;

/** Runs schedules one after the other. */
export class Simulation {
  #world: World | undefined;
  #runs = 0;

  readonly #outDir: string;
  readonly #mutation: string | undefined;

  constructor(outDir: string, mutation?: string) {
    this.#outDir = outDir;
    this.#mutation = mutation;
  }

  async run(schedule: Schedule): Promise<RunResult> {
    if (this.#world === undefined || this.#runs++ >= RUNS_PER_WORLD) {
      await this.#world?.close();
      this.#runs = 0;
      this.#world = await this.#create();
    }
    return await runSchedule(this.#world, schedule);
  }

  /** Adds the smallest schedule that breaks the same guarantee. */
  async explain(failure: Failure): Promise<Failure> {
    const { seed } = failure;
    const first = await this.run(generate(seed));
    if (first.violations.length === 0) {
      return { ...failure, unrepeatable: true };
    }
    const broken = new Set(first.violations.map(({ invariant }) => invariant));
    const smallest = await shrink(first.schedule, async (schedule) => {
      const { violations } = await this.run(schedule);
      return violations.some(({ invariant }) => broken.has(invariant));
    });
    const { schedule, timeline, violations } = await this.run(smallest);
    return { seed, violations, schedule, timeline };
  }

  async close(): Promise<void> {
    await this.#world?.close();
  }

  #create(): Promise<World> {
    const options = { outDir: this.#outDir };
    return this.#mutation === undefined ? World.create(options) : createMutatedWorld(options, this.#mutation);
  }
}
