import { AWS_SDK_STYLE, SdkCallError, type SdkServices } from '../aws-sdk';
import { AwsError, type FunctionInvoker, type InvokeOptions, type InvokeResult } from '../contracts';
import { anySignature, httpCall } from '../endpoint/http-call';

/** Functions behind another endpoint of the Lambda API, for example of `sam local start-lambda` or an emulator. */
export class RemoteFunctions implements FunctionInvoker {
  readonly #url: string;
  readonly #region: string;

  constructor(url: string, region: string) {
    this.#url = url.replace(/\/$/, '');
    this.#region = region;
  }

  async invoke(functionName: string, payload: string, options: InvokeOptions): Promise<InvokeResult> {
    const { clientContext, invocationType } = options;
    const { body, headers, status } = await httpCall(
      new URL(`${this.#url}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`),
      {
        method: 'POST',
        headers: {
          ...anySignature(this.#region, 'lambda'),
          'content-type': 'application/json',
          'x-amz-invocation-type': invocationType,
          ...(clientContext === undefined ? {} : { 'x-amz-client-context': clientContext }),
        },
        body: payload,
      },
    );
    const text = body.toString();
    if (status >= 300) {
      throw answeredError(text, headers['x-amzn-errortype'], status);
    }
    return { payload: text, ...(headers['x-amz-function-error'] === undefined ? {} : { functionError: 'Unhandled' }) };
  }
}

function answeredError(text: string, type: string | undefined, status: number): AwsError {
  let document: { __type?: string; Message?: string; message?: string } = {};
  try {
    document = JSON.parse(text);
  } catch {
    // The answer says nothing more.
  }
  const code = (type ?? document.__type ?? 'ServiceException').split(':')[0]?.split('#').at(-1) ?? 'ServiceException';
  return new AwsError(code, document.Message ?? document.message ?? text, status);
}

/** Functions of the AWS account of the default credentials. */
export class AccountFunctions implements FunctionInvoker {
  readonly #sdk: SdkServices;

  constructor(sdk: SdkServices) {
    this.#sdk = sdk;
  }

  async invoke(functionName: string, payload: string, options: InvokeOptions): Promise<InvokeResult> {
    const { clientContext, invocationType } = options;
    try {
      const given = {
        FunctionName: functionName,
        InvocationType: invocationType,
        Payload: payload,
        ...(clientContext === undefined ? {} : { ClientContext: clientContext }),
      };
      const { output } = await this.#sdk.call('lambda', 'invoke', 'aws', given, AWS_SDK_STYLE);
      const { FunctionError, Payload = '' } = output as { FunctionError?: string; Payload?: string };
      return { payload: Payload, ...(FunctionError === undefined ? {} : { functionError: 'Unhandled' }) };
    } catch (error) {
      throw error instanceof SdkCallError && error.status !== undefined
        ? new AwsError(error.code, error.message, error.status)
        : error;
    }
  }
}
