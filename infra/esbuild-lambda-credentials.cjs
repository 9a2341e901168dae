/**
 * In Lambda the credentials are in the environment. The SDK's default chain also brings SSO, profiles, web identity
 * and the HTTP providers: code that would be loaded at each cold start and could pick up nothing we want.
 */
const lambdaCredentials = {
  name: 'lambda-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials-of-the-environment',
      namespace: 'lambda-credentials',
      pluginData: { resolveDir },
    }));
    build.onLoad({ filter: /.*/, namespace: 'lambda-credentials' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: pluginData.resolveDir,
    }));
  },
};

module.exports = { lambdaCredentials };
