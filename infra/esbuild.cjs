const { lambdaCredentials } = require('./esbuild-lambda-credentials.cjs');
const { sideFiles } = require('./esbuild-side-files.cjs');

/**
 * How functions are bundled. CommonJS with the packages' ES modules inside loads fastest (measured); nothing is
 * external, so a zip holds one script and the compiled access file.
 */
module.exports = () => ({
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  sourcemap: 'external',
  exclude: [],
  outputWorkFolder: '.build/esbuild',
  skipRebuild: true, // a build context is left open when a bundle fails, and packaging would hang instead of failing
  plugins: [lambdaCredentials, sideFiles('.build')],
});
