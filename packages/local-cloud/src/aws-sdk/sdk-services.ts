import type { JsonValue } from '@workflows/states-language';
import {
  type Client,
  type ClientPackage,
  ClientPackageError,
  type HttpResponse,
  loadClientPackage,
} from './client-package';
import { javaServiceName } from './java-names';
import { commandInput, type OutputStyle, stateOutput } from './shapes';

/** Where a service is. */
export type ServiceLocation = { readonly url: string } | 'aws';

export interface SdkServicesOptions {
  readonly region: string;
  /** The folder that the packages of clients are looked up from. */
  readonly folder: string;
}

/** The answer of a service. */
export interface SdkAnswer {
  readonly output: JsonValue;
  readonly response: HttpResponse;
  readonly requestId: string | undefined;
}

/** A service refused a call, or could not be reached. */
export class SdkCallError extends Error {
  override readonly name = 'SdkCallError';
  constructor(
    message: string,
    /** The name of the error in the service's model, if it has one; `undefined` when there was no answer. */
    readonly errorName: string | undefined,
    /** The code in the answer, which may differ: `NotFound` of SNS is `NotFoundException` in the model. */
    readonly code: string,
    /** Whether the service's model has an error of that name. */
    readonly modelled: boolean,
    /** As in the prefix of errors: `DynamoDb`. */
    readonly serviceName: string,
    readonly status: number | undefined,
    readonly requestId: string | undefined,
    readonly extendedRequestId: string | undefined,
  ) {
    super(message);
  }
}

/** What emulators take as credentials: the signature of a request names its service. */
const ANY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Calls services by the clients of the AWS SDK for JavaScript, version 3, that are installed where the user works. */
export class SdkServices {
  readonly #options: SdkServicesOptions;
  readonly #packages = new Map<string, ClientPackage>();
  readonly #clients = new Map<string, Client>();

  constructor(options: SdkServicesOptions) {
    this.#options = options;
  }

  /**
   * Makes one request, and does not repeat it: retries are the state machine's.
   *
   * @param action as in the ARN of a resource: `listSecrets`
   * @throws {SdkCallError} {ClientPackageError} {UnknownFieldError}
   */
  async call(
    service: string,
    action: string,
    location: ServiceLocation,
    given: JsonValue,
    style: OutputStyle,
  ): Promise<SdkAnswer> {
    const sdk = this.#package(service);
    const Command = sdk.commands.get(action.toLowerCase());
    if (Command === undefined) {
      throw new ClientPackageError(`The service ${service} has no action ${action}.`);
    }
    const { schema } = new Command({});
    if (schema === undefined) {
      throw new ClientPackageError(`The installed version of the client of ${service} is too old: update it.`);
    }
    const [inputShape, outputShape] = [sdk.shapeOf(schema[4]), sdk.shapeOf(schema[5])];
    const command = new Command(commandInput(given, inputShape) ?? {});
    let response: HttpResponse | undefined;
    command.middlewareStack.add(
      (next) => async (argument) => {
        const result = await next(argument);
        response = result.response;
        return result;
      },
      { step: 'deserialize', name: 'keepResponse' },
    );
    const client = this.#client(service, sdk, location);
    try {
      const { $metadata, ...output } = await client.send(command);
      return {
        output: await stateOutput(output, outputShape, style),
        response: response ?? { statusCode: 200, headers: {} },
        requestId: ($metadata as { requestId?: string }).requestId,
      };
    } catch (error) {
      throw callError(error, sdk, javaServiceName(client.config.serviceId));
    }
  }

  close(): void {
    for (const client of this.#clients.values()) {
      client.destroy();
    }
  }

  #package(service: string): ClientPackage {
    let sdk = this.#packages.get(service);
    if (sdk === undefined) {
      sdk = loadClientPackage(service, this.#options.folder);
      this.#packages.set(service, sdk);
    }
    return sdk;
  }

  #client(service: string, sdk: ClientPackage, location: ServiceLocation): Client {
    let client = this.#clients.get(service);
    if (client === undefined) {
      client = new sdk.Client({
        region: this.#options.region,
        maxAttempts: 1,
        ...(location === 'aws'
          ? {}
          : {
              endpoint: location.url,
              credentials: ANY_CREDENTIALS,
              disableHostPrefix: true,
              forcePathStyle: true,
              useQueueUrlAsEndpoint: false,
              requestChecksumCalculation: 'WHEN_REQUIRED',
            }),
      });
      this.#clients.set(service, client);
    }
    return client;
  }
}

interface ServiceError {
  readonly name: string;
  readonly Code?: string;
  readonly message: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly extendedRequestId?: string;
  };
}

function callError(error: unknown, sdk: ClientPackage, serviceName: string): SdkCallError {
  const { name, Code, message, $metadata } = error as ServiceError;
  const answered = $metadata?.httpStatusCode !== undefined;
  return new SdkCallError(
    message,
    answered ? name : undefined,
    Code ?? name,
    answered && sdk.models(name),
    serviceName,
    $metadata?.httpStatusCode,
    $metadata?.requestId,
    $metadata?.extendedRequestId,
  );
}
