import type { AwsResponse } from '../contracts';
import { answer, failure, type JsonObject } from './requests';

interface Settings {
  ttlAttribute?: string;
  pointInTimeRecovery?: boolean;
}

/**
 * Settings of a table that dynalite does not keep. They are remembered and told; they have no effect: expired items may
 * stay (on AWS, too, they stay for a while), and there is nothing to recover from a table in memory.
 */
export class TableSettings {
  readonly #settings = new Map<string, Settings>();

  forget(table: string): void {
    this.#settings.delete(table);
  }

  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
  updateTimeToLive(table: string, body: JsonObject): AwsResponse {
    const specification = body.TimeToLiveSpecification as JsonObject | undefined;
    const { AttributeName: attribute, Enabled: enabled } = specification ?? {};
    if (typeof attribute !== 'string' || attribute === '' || typeof enabled !== 'boolean') {
      return failure(
        'ValidationException',
        'TimeToLiveSpecification takes AttributeName (a string) and Enabled (a boolean)',
      );
    }
    const settings = this.#of(table);
    if (enabled === (settings.ttlAttribute !== undefined)) {
      return failure('ValidationException', `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
    }
    if (enabled) {
      settings.ttlAttribute = attribute;
    } else {
      delete settings.ttlAttribute;
    }
    return answer(200, { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } });
  }

  describeTimeToLive(table: string): AwsResponse {
    const { ttlAttribute } = this.#of(table);
    return answer(200, {
      TimeToLiveDescription:
        ttlAttribute === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute },
    });
  }

  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
  updateContinuousBackups(table: string, body: JsonObject): AwsResponse {
    const { PointInTimeRecoveryEnabled: enabled } =
      (body.PointInTimeRecoverySpecification as JsonObject | undefined) ?? {};
    if (typeof enabled !== 'boolean') {
      return failure(
        'ValidationException',
        'PointInTimeRecoverySpecification takes PointInTimeRecoveryEnabled (a boolean)',
      );
    }
    this.#of(table).pointInTimeRecovery = enabled;
    return this.describeContinuousBackups(table);
  }

  describeContinuousBackups(table: string): AwsResponse {
    const status = this.#of(table).pointInTimeRecovery === true ? 'ENABLED' : 'DISABLED';
    return answer(200, {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
      },
    });
  }

  #of(table: string): Settings {
    const settings = this.#settings.get(table) ?? {};
    this.#settings.set(table, settings);
    return settings;
  }
}
