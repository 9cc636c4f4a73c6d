import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of the SDK's chain of credential providers in the bundles. Lambda gives a function its role's
 * credentials in the environment and refreshes them there; profiles, SSO and instance metadata are never used, and
 * are a quarter of a bundle.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
