import type { Settlement } from '../../src/tasks/settle-task';
import { arnOf } from './step-functions';
import { tokenOf, type WorkflowWorld } from './workflow-world';

/** One callback that the external service sends. */
export interface PlannedCallback {
  readonly body:
    | { readonly status: 'succeeded'; readonly data: number }
    | { readonly status: 'failed'; readonly error: string };
  /** How many turns of the schedule it waits after the service has heard of the task. */
  readonly afterTurns: number;
}

export interface RunPlan {
  readonly callbacks: readonly PlannedCallback[];
  /** How many turns the state machine waits for a callback. */
  readonly patience: number;
  readonly maxAttempts: number;
  /** After how many turns somebody stops the execution; `undefined` for never. */
  readonly abortAfter: number | undefined;
  readonly redrive: boolean;
  /** How the service answers its calls, in turn; it accepts when there are no more. */
  readonly serviceFails: readonly boolean[];
}

/** How the execution ended. */
export interface RunEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly output?: string;
  readonly error?: string;
}

/** A callback and the last answer that it got. */
export interface SentCallback {
  readonly body: PlannedCallback['body'];
  readonly status: number;
}

class Aborted extends Error {}

/**
 * One execution of the callback workflow, as its definition has it: attempts with retries, the wait for the callback,
 * settling, and then an end. The functions are the real ones; time is turns of a schedule that the test chooses.
 */
export class SimulatedRun {
  readonly sent: SentCallback[] = [];
  private aborted = false;
  private ended = false;
  private serviceKnows: () => void = () => {};
  /** Resolves when the service has heard of the task, or never will. */
  private readonly known = new Promise<void>((resolve) => {
    this.serviceKnows = resolve;
  });
  private settling: string | undefined;

  constructor(
    private readonly world: WorkflowWorld,
    private readonly id: string,
    private readonly plan: RunPlan,
    /** Lets everybody else have a turn. */
    private readonly turn: (label: string) => Promise<void>,
  ) {
    let calls = 0;
    world.serviceAnswer = () => {
      this.serviceKnows();
      if (plan.serviceFails[calls++] === true) {
        throw new Error('The service is away.');
      }
    };
  }

  /** Runs until everything that happens has happened; answers how the execution ended. */
  async run(): Promise<RunEnd> {
    this.world.sfn.run(this.id);
    const callbacks = this.plan.callbacks.map((callback) => this.callBack(callback));
    const abort = this.abort();
    let end = await this.drive(0);
    await this.close(end, 0);
    if (end.status === 'ABORTED' && this.plan.redrive) {
      this.aborted = false;
      Object.assign(this.world.sfn.executions.get(arnOf(this.id)) ?? {}, { status: 'RUNNING' });
      // An event of the first drive that comes late must not end the second.
      const late = this.close({ status: 'ABORTED' }, 0);
      end = await this.drive(1);
      await late;
      await this.close(end, 1);
    }
    this.ended = true;
    this.serviceKnows();
    await Promise.all([...callbacks, abort]);
    return end;
  }

  private async drive(redriveCount: number): Promise<RunEnd> {
    const end = await this.states(redriveCount).catch((error: unknown): RunEnd => {
      if (error instanceof Aborted) {
        return { status: 'ABORTED' };
      }
      throw error;
    });
    this.world.sfn.end(this.id, end);
    return end;
  }

  private async states(redriveCount: number): Promise<RunEnd> {
    for (let attempt = 1; this.settling === undefined; attempt++) {
      const token = tokenOf(this.id, attempt, redriveCount);
      const submitted = await this.world.attempt(this.id, { attempt, redriveCount }).then(
        () => true,
        () => false,
      );
      const answer = await this.answerTo(token, submitted ? this.plan.patience : 0);
      if (answer?.output !== undefined) {
        return { status: 'SUCCEEDED', output: answer.output };
      }
      if (answer !== undefined || submitted || attempt >= this.plan.maxAttempts) {
        this.settling = answer?.error ?? (submitted ? 'States.Timeout' : 'Lambda.Unknown');
      }
    }
    return this.settled(this.settling);
  }

  /** Waits for the answer to a task token, and closes it in the same instant in which it stops to wait. */
  private async answerTo(token: string, patience: number) {
    for (let turns = 0; ; turns++) {
      const answer = this.world.sfn.answers.find((it) => it.token === token && it.action !== 'SendTaskHeartbeat');
      if (answer !== undefined) {
        return answer;
      }
      this.requireRunning();
      if (turns >= patience) {
        this.world.sfn.timeOut(token);
        return undefined;
      }
      await this.turn('wait');
    }
  }

  private async settled(error: string): Promise<RunEnd> {
    for (;;) {
      this.requireRunning();
      const settlement = await this.world.settle(this.id, error).catch((): Settlement | undefined => undefined);
      this.requireRunning();
      if (settlement !== undefined) {
        return settlement.status === 'succeeded'
          ? { status: 'SUCCEEDED', output: JSON.stringify(settlement.output) }
          : { status: 'FAILED', error: settlement.error };
      }
    }
  }

  private requireRunning(): void {
    if (this.aborted) {
      throw new Aborted();
    }
  }

  private async abort(): Promise<void> {
    for (let turns = 0; turns < (this.plan.abortAfter ?? 0); turns++) {
      await this.turn('before the abort');
    }
    if (this.plan.abortAfter !== undefined && !this.ended) {
      this.aborted = true;
    }
  }

  /** The event rule, which repeats an event until it was taken. */
  private async close({ status, error }: RunEnd, redriveCount: number): Promise<void> {
    let done = status === 'SUCCEEDED';
    while (!done) {
      done = await this.world.close(this.id, status, redriveCount, error).then(
        () => true,
        () => false,
      );
    }
  }

  private async callBack({ body, afterTurns }: PlannedCallback): Promise<void> {
    await this.known;
    if (this.world.sentToService.length === 0) {
      return;
    }
    for (let turns = 0; turns < afterTurns; turns++) {
      await this.turn('before the callback');
    }
    const resumeToken = this.world.sentToService[0]?.resumeToken;
    for (let tries = 1; ; tries++) {
      const { status = 0 } = await this.world.put(this.id, { resumeToken, ...body });
      if (status < 500 || tries === 5) {
        this.sent.push({ body, status });
        return;
      }
    }
  }
}
