import { type ServiceLocation, serviceNamed } from './aws-sdk';

export interface ServiceEndpointsOptions {
  /** URLs by service, under any of its names: `{ sns: 'http://127.0.0.1:4575' }`. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** URL for all services that are not ours and have none of their own. */
  readonly awsEndpoint?: string;
  /** All others are called in the AWS account of the default credentials. @default false */
  readonly useAwsAccount?: boolean;
  /** The services that the runtime carries out itself. */
  readonly own: readonly string[];
}

/** Where services are that the runtime does not carry out itself. A service with an endpoint is not ours. */
export class ServiceEndpoints {
  readonly #endpoints: ReadonlyMap<string, string>;
  readonly #own: ReadonlySet<string>;
  readonly #elsewhere: ServiceLocation | undefined;
  /** For all services that are not ours and have no endpoint of their own. */
  readonly awsEndpoint: string | undefined;

  constructor(options: ServiceEndpointsOptions) {
    const { awsEndpoint, endpoints = {}, own, useAwsAccount = false } = options;
    this.#endpoints = new Map(Object.entries(endpoints).map(([name, url]) => [serviceNamed(name), url]));
    this.#own = new Set(own.map(serviceNamed));
    this.awsEndpoint = awsEndpoint;
    this.#elsewhere = awsEndpoint === undefined ? (useAwsAccount ? 'aws' : undefined) : { url: awsEndpoint };
  }

  /** The endpoint that was given for this very service. */
  endpointOf(name: string): string | undefined {
    return this.#endpoints.get(serviceNamed(name));
  }

  /** Where the service is; `undefined` if it is ours, or nowhere. */
  locationOf(name: string): ServiceLocation | undefined {
    const service = serviceNamed(name);
    const url = this.#endpoints.get(service);
    if (url !== undefined) {
      return { url };
    }
    return this.#own.has(service) ? undefined : this.#elsewhere;
  }

  isOurs(name: string): boolean {
    const service = serviceNamed(name);
    return this.#own.has(service) && !this.#endpoints.has(service);
  }
}
