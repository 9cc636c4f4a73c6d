import { AwsError } from '../../contracts';
import type { MapRunRecord } from './map-run-record';

/** Map Runs by ARN, and in the order of their start. */
export class MapRunStore {
  readonly #byArn = new Map<string, MapRunRecord>();
  readonly #retained: number;

  /** @param retained how many are kept; of more, those that ended and started first are forgotten */
  constructor(retained: number) {
    this.#retained = retained;
  }

  add(record: MapRunRecord): void {
    this.#byArn.set(record.arn, record);
    for (const { arn, run } of this.#byArn.values()) {
      if (this.#byArn.size <= this.#retained) {
        return;
      }
      if (run.status !== 'RUNNING') {
        this.#byArn.delete(arn);
      }
    }
  }

  find(arn: string): MapRunRecord | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws {AwsError} `ResourceNotFound` */
  get(arn: string): MapRunRecord {
    const record = this.#byArn.get(arn);
    if (record === undefined) {
      throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    }
    return record;
  }

  ofExecution(executionArn: string): MapRunRecord[] {
    return [...this.#byArn.values()].filter((record) => record.executionArn === executionArn);
  }
}
