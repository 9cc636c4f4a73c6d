import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Functions, LogSink } from '../../src/lambda';
import { call, codeFolder, configurationOf, createFunctions, host } from './support';

describe('the function host', () => {
  let functions: Functions;
  beforeEach(() => {
    functions = createFunctions();
  });
  afterEach(() => functions.close());

  describe('handlers', () => {
    it.each([
      ['async', 'exports.handler = async (event) => ({ got: event.n });'],
      [
        'callback',
        'exports.handler = (event, context, callback) => setTimeout(() => callback(null, { got: event.n }), 1);',
      ],
    ])('%s style returns its result', async (_style, source) => {
      host(functions, 'f', source);
      expect((await call(functions, 'f', { n: 7 })).json).toEqual({ got: 7 });
    });

    it('a handler may be nested in what the module exports, and its module in a folder', async () => {
      const files = { 'src/app.js': 'exports.api = { get: async () => "nested" };' };
      const configuration = configurationOf('nested', { handler: 'src/app.api.get' });
      functions.create(configuration, functions.codeStore.fromPath(codeFolder(files)));
      expect((await call(functions, 'nested')).json).toBe('nested');
    });

    it('an ES module exports its handler', async () => {
      const code = functions.codeStore.fromPath(
        codeFolder({ 'index.mjs': 'export const handler = async () => "esm";' }),
      );
      functions.create(configurationOf('esm'), code);
      expect((await call(functions, 'esm')).json).toBe('esm');
    });

    it('a .js file is an ES module when its package.json says so', async () => {
      const files = {
        'index.js': 'export const handler = async () => import.meta.url;',
        'package.json': '{"type":"module"}',
      };
      functions.create(configurationOf('esm'), functions.codeStore.fromPath(codeFolder(files)));
      expect((await call(functions, 'esm')).json).toMatch(/^file:.*index\.js$/);
    });

    it('one that returns nothing and leaves nothing to wait for answers null', async () => {
      host(functions, 'f', 'exports.handler = (event, context, callback) => {};');
      expect(await call(functions, 'f')).toMatchObject({ payload: 'null' });
    });

    it('sees the context that Lambda documents', async () => {
      host(
        functions,
        'f',
        `exports.handler = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });`,
      );
      const { json, requestId } = await call(functions, 'f');
      expect(json).toMatchObject({
        awsRequestId: requestId,
        functionName: 'f',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
        memoryLimitInMB: '128',
      });
      expect((json as { remaining: number }).remaining).toBeGreaterThan(2000);
    });

    it('sees its own variables, its credentials, and nothing of the machine', async () => {
      process.env.SECRET_OF_THE_MACHINE = 'x';
      host(functions, 'f', 'exports.handler = async () => process.env;', { variables: { MINE: 'yes' } });
      const { json } = await call(functions, 'f');
      delete process.env.SECRET_OF_THE_MACHINE;
      expect(json).toMatchObject({
        MINE: 'yes',
        AWS_ACCESS_KEY_ID: 'ASIATEST',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        AWS_LAMBDA_FUNCTION_NAME: 'f',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
        AWS_REGION: 'us-east-1',
      });
      expect(json).not.toHaveProperty('SECRET_OF_THE_MACHINE');
    });
  });

  describe('environments', () => {
    it('are used again while warm', async () => {
      host(functions, 'f', 'let n = 0; exports.handler = async () => ++n;');
      await call(functions, 'f');
      expect((await call(functions, 'f')).json).toBe(2);
    });

    it('handle one invocation at a time, and a burst ends with every answer', async () => {
      host(
        functions,
        'f',
        'let busy = 0; exports.handler = async (event) => { busy += 1; await new Promise((r) => setTimeout(r, 5)); const seen = busy; busy -= 1; return { i: event.i, seen }; };',
      );
      const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => call(functions, 'f', { i })));
      expect(answers.map(({ json }) => json)).toEqual(Array.from({ length: 60 }, (_, i) => ({ i, seen: 1 })));
    });

    it('are as many as wait for each other', async () => {
      const folder = codeFolder({});
      host(
        functions,
        'f',
        `const { readdirSync, writeFileSync } = require('node:fs');
        exports.handler = async ({ folder, i, all }) => {
          writeFileSync(folder + '/' + i, '');
          while (readdirSync(folder).length < all) await new Promise((resolve) => setTimeout(resolve, 20));
        };`,
        { timeoutSeconds: 60 },
      );
      const all = 7;
      const answers = await Promise.all(
        Array.from({ length: all }, (_, i) => call(functions, 'f', { folder, i, all })),
      );
      expect(answers.map(({ functionError }) => functionError)).toEqual(Array(all).fill(undefined));
    }, 60_000);

    it('are replaced after a crash', async () => {
      host(functions, 'f', 'exports.handler = async (event) => { if (event.exit) process.exit(3); return "alive"; };');
      const crashed = await call(functions, 'f', { exit: true });
      expect(crashed).toMatchObject({
        functionError: 'Unhandled',
        json: {
          errorType: 'Runtime.ExitError',
          errorMessage: `RequestId: ${crashed.requestId} Error: Runtime exited with error: exit status 3`,
        },
      });
      expect((await call(functions, 'f')).json).toBe('alive');
    });

    it('end when the function runs out of time, with what it said until then', async () => {
      host(
        functions,
        'f',
        'exports.handler = async () => { console.log("started"); await new Promise((r) => setTimeout(r, 60000)); };',
        {
          timeoutSeconds: 0.05,
        },
      );
      const timedOut = await call(functions, 'f');
      expect(timedOut).toMatchObject({
        functionError: 'Unhandled',
        json: {
          errorType: 'Sandbox.Timedout',
          errorMessage: `RequestId: ${timedOut.requestId} Error: Task timed out after 0.05 seconds`,
        },
      });
      expect(timedOut.logTail).toMatch(/INFO\tstarted\n/);
    });

    it('a busy loop times out too', async () => {
      host(functions, 'f', 'exports.handler = async () => { for (;;); };', { timeoutSeconds: 0.05 });
      expect((await call(functions, 'f')).json).toMatchObject({ errorType: 'Sandbox.Timedout' });
    });

    it('are killed when they use more memory than the function has', async () => {
      host(
        functions,
        'f',
        'exports.handler = async () => { const hoard = []; for (;;) hoard.push(new Array(10000).fill({})); };',
        {
          memorySizeMb: 32,
          timeoutSeconds: 30,
        },
      );
      const { json } = await call(functions, 'f');
      expect(json).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringContaining('signal: killed'),
      });
    });
  });

  describe('errors', () => {
    it.each([
      [
        'throw',
        'exports.handler = async () => { class NoSuchThing extends Error { name = "NoSuchThing" } throw new NoSuchThing("gone"); };',
        { errorType: 'NoSuchThing', errorMessage: 'gone' },
      ],
      [
        'callback',
        'exports.handler = (e, c, callback) => callback(new TypeError("bad"));',
        { errorType: 'TypeError', errorMessage: 'bad' },
      ],
      [
        'throw no error',
        'exports.handler = async () => { throw "text"; };',
        { errorType: 'string', errorMessage: 'text', trace: [] },
      ],
      [
        'leave a rejection',
        'exports.handler = () => new Promise(() => { Promise.reject(new Error("lost")); });',
        { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
      ],
      [
        'return a cycle',
        'exports.handler = async () => { const a = {}; a.a = a; return a; };',
        { errorType: 'Runtime.MarshalError' },
      ],
      [
        'return too much',
        'exports.handler = async () => "x".repeat(6291557);',
        { errorType: 'Function.ResponseSizeTooLarge' },
      ],
      [
        'lack the handler',
        'exports.other = 1;',
        { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
      ],
      ['lack a module', 'require("no-such-module");', { errorType: 'Runtime.ImportModuleError' }],
      [
        'lack a package of the AWS SDK',
        'require("@aws-sdk/client-none");',
        {
          errorType: 'Runtime.ImportModuleError',
          errorMessage: expect.stringMatching(/npm install @aws-sdk\/client-none\), or bundle it/),
        },
      ],
      ['do not parse', 'exports.handler = (;', { errorType: 'Runtime.UserCodeSyntaxError' }],
    ])('functions that %s answer with the error document', async (_what, source, document) => {
      host(functions, 'f', source);
      expect(await call(functions, 'f')).toMatchObject({ functionError: 'Unhandled', json: document });
    });

    it('a function that nobody declared is not found', async () => {
      await expect(call(functions, 'nobody')).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    });

    it('reserved concurrency throttles what is above it', async () => {
      host(functions, 'f', 'exports.handler = async () => new Promise((r) => setTimeout(r, 50, "done"));', {
        reservedConcurrency: 1,
      });
      const first = call(functions, 'f');
      await expect(call(functions, 'f')).rejects.toMatchObject({
        code: 'TooManyRequestsException',
        message: 'Rate Exceeded.',
      });
      expect((await first).json).toBe('done');
    });
  });

  describe('permissions', () => {
    const caller = {
      service: 'apigateway.amazonaws.com',
      sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:abc/prod/GET/x',
    };

    it('a service without one is turned away', async () => {
      host(functions, 'f', 'exports.handler = async () => 1;');
      await expect(functions.invokeFor(caller, 'f', '{}', 'RequestResponse')).rejects.toMatchObject({
        code: 'AccessDeniedException',
      });
    });

    it('a service with one for its source gets through', async () => {
      host(functions, 'f', 'exports.handler = async () => 1;');
      functions.addPermission('f', {
        statementId: 'api',
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:abc/*/*',
      });
      expect(await functions.invokeFor(caller, 'f', '{}', 'RequestResponse')).toMatchObject({ payload: '1' });
      const other = { ...caller, sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:other/prod/GET/x' };
      await expect(functions.invokeFor(other, 'f', '{}', 'RequestResponse')).rejects.toMatchObject({
        code: 'AccessDeniedException',
      });
    });
  });

  it('writes what a function logs to a file of its own', async () => {
    const folder = codeFolder({});
    const logs = new LogSink(folder);
    await functions.close();
    functions = createFunctions({ logs });
    host(
      functions,
      'talker',
      'exports.handler = async () => { console.log("one %d", 1); process.stdout.write("two\\n"); };',
    );
    const { requestId } = await call(functions, 'talker');
    await logs.close();
    const text = readFileSync(join(folder, 'talker.log'), 'utf8');
    expect(text).toContain(`START RequestId: ${requestId} Version: $LATEST\n`);
    expect(text).toMatch(new RegExp(`\\t${requestId}\\tINFO\\tone 1\\ntwo\\n`));
    expect(text).toContain(`REPORT RequestId: ${requestId}\tDuration: `);
  });

  it.each([
    ['index.js', 'const { SFNClient } = require("@aws-sdk/client-sfn"); exports.handler = async () => SFNClient.name;'],
    [
      'index.mjs',
      'import { SFNClient } from "@aws-sdk/client-sfn"; export const handler = async () => SFNClient.name;',
    ],
  ])(
    'gives a function that does not bundle the AWS SDK the installed one: %s',
    async (file, source) => {
      const { zipSync } = await import('fflate');
      const code = functions.codeStore.fromZip(zipSync({ [file]: Buffer.from(source) }));
      functions.create(configurationOf('f', { timeoutSeconds: 20, memorySizeMb: 512 }), code);

      expect(await call(functions, 'f')).toMatchObject({ json: 'SFNClient' });
    },
    30_000,
  );

  it('removes what it unpacked when it closes', async () => {
    const { zipSync } = await import('fflate');
    const code = functions.codeStore.fromZip(zipSync({ 'index.js': Buffer.from('exports.handler = async () => 1;') }));
    expect(existsSync(join(code.taskRoot, 'index.js'))).toBe(true);
    await functions.close();
    expect(existsSync(code.taskRoot)).toBe(false);
  });
});
