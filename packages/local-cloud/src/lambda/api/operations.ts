import { AwsError, type AwsRequest, type AwsResponse } from '../../contracts';
import { functionNameOf } from '../function-name';
import type { Functions } from '../functions';
import { describeFunction, describePermission } from './describe';
import { invoke } from './invoke';
import {
  AddPermissionSchema,
  CreateFunctionSchema,
  parseRequest,
  UpdateCodeSchema,
  UpdateConfigurationSchema,
} from './requests';

export interface Operation {
  /** IAM action. */
  readonly action: string;
  readonly method: string;
  /** Below `/2015-03-31/functions`; `{name}` stands for a function's name or ARN. */
  readonly path: string;
  run(functions: Functions, request: AwsRequest, name: string): Promise<AwsResponse>;
}

const MAX_ITEMS = 50;

const answer = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export const OPERATIONS: readonly Operation[] = [
  {
    action: 'lambda:CreateFunction',
    method: 'POST',
    path: '',
    run: async (functions, { body }) => {
      const request = parseRequest(CreateFunctionSchema, body);
      const name = functionNameOf(request.FunctionName);
      const hosted = functions.create(
        {
          name,
          arn: functions.arn(name),
          roleArn: request.Role,
          region: functions.region,
          runtime: request.Runtime,
          handler: request.Handler,
          description: request.Description ?? '',
          timeoutSeconds: request.Timeout ?? 3,
          memorySizeMb: request.MemorySize ?? 128,
          architectures: request.Architectures ?? ['x86_64'],
          variables: request.Environment?.Variables ?? {},
          tracingMode: request.TracingConfig?.Mode ?? 'PassThrough',
        },
        functions.codeStore.fromZip(request.Code.ZipFile),
      );
      return answer(201, describeFunction(hosted));
    },
  },
  {
    action: 'lambda:ListFunctions',
    method: 'GET',
    path: '',
    run: async (functions, { query }) => {
      const maxItems = Math.min(Number(query.get('MaxItems') ?? MAX_ITEMS) || MAX_ITEMS, MAX_ITEMS);
      const after = query.get('Marker') ?? '';
      const rest = functions.list().filter(({ configuration }) => configuration.name > after);
      const page = rest.slice(0, maxItems);
      const last = page.at(-1)?.configuration.name;
      return answer(200, {
        Functions: page.map(describeFunction),
        ...(rest.length > page.length ? { NextMarker: last } : {}),
      });
    },
  },
  {
    action: 'lambda:GetFunction',
    method: 'GET',
    path: '/{name}',
    run: async (functions, _request, name) => {
      const hosted = functions.get(name);
      const Location = `file://${hosted.code.taskRoot}`;
      return answer(200, { Configuration: describeFunction(hosted), Code: { RepositoryType: 'S3', Location } });
    },
  },
  {
    action: 'lambda:GetFunctionConfiguration',
    method: 'GET',
    path: '/{name}/configuration',
    run: async (functions, _request, name) => answer(200, describeFunction(functions.get(name))),
  },
  {
    action: 'lambda:UpdateFunctionCode',
    method: 'PUT',
    path: '/{name}/code',
    run: async (functions, { body }, name) => {
      const { Architectures: architectures, ZipFile: zip } = parseRequest(UpdateCodeSchema, body);
      const { configuration } = functions.get(name);
      const changed = { ...configuration, ...(architectures === undefined ? {} : { architectures }) };
      return answer(200, describeFunction(await functions.update(changed, functions.codeStore.fromZip(zip))));
    },
  },
  {
    action: 'lambda:UpdateFunctionConfiguration',
    method: 'PUT',
    path: '/{name}/configuration',
    run: async (functions, { body }, name) => {
      const request = parseRequest(UpdateConfigurationSchema, body);
      const { code, configuration } = functions.get(name);
      const changed = {
        ...configuration,
        description: request.Description ?? configuration.description,
        handler: request.Handler ?? configuration.handler,
        memorySizeMb: request.MemorySize ?? configuration.memorySizeMb,
        roleArn: request.Role ?? configuration.roleArn,
        runtime: request.Runtime ?? configuration.runtime,
        timeoutSeconds: request.Timeout ?? configuration.timeoutSeconds,
        tracingMode: request.TracingConfig?.Mode ?? configuration.tracingMode,
        variables: request.Environment?.Variables ?? configuration.variables,
      };
      return answer(200, describeFunction(await functions.update(changed, code)));
    },
  },
  {
    action: 'lambda:DeleteFunction',
    method: 'DELETE',
    path: '/{name}',
    run: async (functions, _request, name) => {
      await functions.delete(name);
      return { status: 204, headers: {}, body: '' };
    },
  },
  {
    action: 'lambda:AddPermission',
    method: 'POST',
    path: '/{name}/policy',
    run: async (functions, { body }, name) => {
      const request = parseRequest(AddPermissionSchema, body);
      const permission = {
        statementId: request.StatementId,
        action: request.Action,
        principal: request.Principal,
        ...(request.SourceAccount === undefined ? {} : { sourceAccount: request.SourceAccount }),
        ...(request.SourceArn === undefined ? {} : { sourceArn: request.SourceArn }),
      };
      functions.addPermission(name, permission);
      const { arn } = functions.get(name).configuration;
      return answer(201, { Statement: JSON.stringify(describePermission(arn, permission)) });
    },
  },
  {
    action: 'lambda:GetPolicy',
    method: 'GET',
    path: '/{name}/policy',
    run: async (functions, _request, name) => {
      const { arn } = functions.get(name).configuration;
      const statements = functions.permissions(name).map((permission) => describePermission(arn, permission));
      if (statements.length === 0) {
        throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
      }
      const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
      return answer(200, { Policy });
    },
  },
  { action: 'lambda:InvokeFunction', method: 'POST', path: '/{name}/invocations', run: invoke },
];
