import { App, type AppConfig } from 'cdktf';
import { type Config, readConfig } from './config/config';
import { WorkflowIdempotentStack } from './workflow-idempotent/workflow-idempotent-stack';
import { WorkflowsStack } from './workflows/workflows-stack';
import { WorkflowsLambdaStack } from './workflows-lambda/workflows-lambda-stack';

/**
 * The app with its three stacks, ready for `synth()`.
 *
 * @param config settings of the deployment. @default - read from the environment
 * @param options where to write to (`outdir`, by default `CDKTF_OUTDIR` or `cdktf.out`)
 */
export function createApp(config: Config = readConfig(process.env), options: AppConfig = {}): App {
  const app = new App(options);
  new WorkflowsLambdaStack(app, config);
  new WorkflowIdempotentStack(app, config);
  new WorkflowsStack(app, config);
  return app;
}
