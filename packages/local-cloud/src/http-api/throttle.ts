export interface ThrottleSettings {
  /** Requests per second. */
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** A token bucket, as API Gateway throttles with. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html */
export class Throttle {
  #tokens: number;
  #filledMs: number;

  readonly #settings: ThrottleSettings;

  constructor(settings: ThrottleSettings, nowMs: number) {
    this.#settings = settings;
    this.#tokens = settings.burstLimit;
    this.#filledMs = nowMs;
  }

  /** Takes a token; false when there is none. */
  allow(nowMs: number): boolean {
    const { burstLimit, rateLimit } = this.#settings;
    const earned = (Math.max(0, nowMs - this.#filledMs) / 1000) * rateLimit;
    this.#tokens = Math.min(burstLimit, this.#tokens + earned);
    this.#filledMs = nowMs;
    if (this.#tokens < 1) {
      return false;
    }
    this.#tokens -= 1;
    return true;
  }
}
