/** Tests are ES modules, compiled by swc; the type check is a step of its own. */
export default {
  testEnvironment: 'node',
  maxWorkers: 2,
  testTimeout: 30_000, // bounds a test that hangs; how fast things are is measured by the benchmarks
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
