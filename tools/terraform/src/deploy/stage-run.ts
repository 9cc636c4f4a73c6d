/** The steps of one stage, each timed and shown. */
import { existsSync } from 'node:fs';
import { CommandError } from '@workflows/command-line';
import type { Context } from '../context';
import type { Account } from './inventory';
import { type Drift, findDrift, KNOWN_DRIFT } from './known-drift';
import type { DeployTarget } from './options';
import type { StageReport } from './report';
import { stopExecutions } from './running-executions';
import {
  deployStage,
  destroyStage,
  planStage,
  protectedResources,
  readOutputs,
  type Stage,
  unprotectStage,
} from './stage';

/** The environment whose data is not protected from removal. */
const DEVELOPMENT = 'dev';

export class StageRun {
  readonly stage: Stage;
  readonly #context: Context;
  readonly #target: DeployTarget['name'];
  readonly #account: Account;
  readonly #seconds: Record<string, number>;
  #resources: Readonly<Record<string, number>> = {};
  #drift: readonly Drift[] = [];
  #deployed = false;

  constructor(
    context: Context,
    stage: Stage,
    {
      target,
      account,
      synthSeconds,
    }: { readonly target: DeployTarget['name']; readonly account: Account; readonly synthSeconds: number },
  ) {
    this.#context = context;
    this.stage = stage;
    this.#target = target;
    this.#account = account;
    this.#seconds = { synth: synthSeconds };
  }

  async deploy(): Promise<void> {
    this.#deployed = true;
    await this.#timed('deploy', () => deployStage(this.stage, this.#context.lifetime));
  }

  /**
   * Plans what was just deployed.
   *
   * @throws {CommandError} when something would change that the target is not known for
   */
  async planAgain(): Promise<void> {
    if (!this.#deployed) {
      return;
    }
    const plans = await this.#timed('plan again', () => planStage(this.stage, this.#context.lifetime));
    const known = this.#target === 'aws' ? [] : KNOWN_DRIFT;
    this.#drift = [...plans.values()].flatMap(({ plan }) => findDrift(plan, known));
    this.#resources = Object.fromEntries(
      [...plans].map(([stack, { plan }]) => [
        stack,
        plan.resource_changes.filter(({ mode }) => mode === 'managed').length,
      ]),
    );
    const faults = this.#drift.filter(({ reason }) => reason === undefined);
    if (faults.length > 0) {
      const list = faults.map(({ address, attributes }) => `${address} (${attributes.join(', ') || 'as a whole'})`);
      throw new CommandError(`${this.stage.environment}: a second plan would change ${list.join('; ')}`);
    }
  }

  /**
   * Destroys what was deployed, if anything was.
   *
   * @throws {CommandError} when it fails, or when data outside of development could be destroyed just like that
   */
  async destroy(signal: AbortSignal = this.#context.lifetime.signal): Promise<void> {
    if (!this.#deployed) {
      return;
    }
    if (this.stage.environment !== DEVELOPMENT) {
      await this.#liftProtection(signal);
    }
    // The suite leaves tasks that wait for up to a year. There are no outputs when the deployment failed.
    if (this.#target !== 'emulator' && existsSync(this.stage.outputsFile)) {
      await this.#timed('stop executions', () => stopExecutions(this.#account, readOutputs(this.stage)));
    }
    await this.#timed('destroy', () => destroyStage(this.stage, { signal }));
    this.#deployed = false;
  }

  report(): StageReport {
    return {
      environment: this.stage.environment,
      resources: this.#resources,
      seconds: this.#seconds,
      drift: this.#drift,
    };
  }

  async #liftProtection(signal: AbortSignal): Promise<void> {
    const refused = await this.#timed('check that data is protected', () => protectedResources(this.stage, { signal }));
    if (refused.length === 0) {
      throw new CommandError(
        `${this.stage.environment}: Terraform would destroy the tables. They must be protected from deletion.`,
      );
    }
    await this.#timed('lift protection', () => unprotectStage(this.stage, { signal }));
  }

  async #timed<T>(step: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await this.#context.progress.step(`${this.stage.environment}: ${step}`, work);
    } finally {
      this.#seconds[step] = (performance.now() - startedAt) / 1000;
    }
  }
}
