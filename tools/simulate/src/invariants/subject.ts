import type { ApiClient } from '../actors/api-client';
import type { Client } from '../actors/client';
import type { ExternalService, ServiceRequest } from '../actors/external-service';
import type { Evidence } from '../run/evidence';
import type { Outcome, Schedule } from '../schedule/schedule';
import type { World } from '../world/world';

/** A run that has ended, with all who took part, so that the checks can send requests once more. */
export interface Subject {
  readonly world: World;
  readonly schedule: Schedule;
  readonly evidence: Evidence;
  readonly clients: readonly Client[];
  readonly service: ExternalService;
  /** The API of tasks and workflows. */
  readonly api: ApiClient;
  /** The last request for each task that reached the external service. */
  readonly requests: ReadonlyMap<string, ServiceRequest>;
}

/** Outcomes as one text each, whatever the order of their keys. */
export const textOf = (outcome: Outcome): string =>
  outcome.status === 'succeeded'
    ? `succeeded ${JSON.stringify(outcome.data)}`
    : `failed ${outcome.error}: ${outcome.cause}`;
