/**
 * Services that CloudTrail calls otherwise than IAM does: the first part of the event source, and the prefix of the
 * actions. Each as in the service's own page on logging with CloudTrail.
 */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['amazonmq', 'mq'],
  ['cloudcontrolapi', 'cloudformation'],
  ['metering-marketplace', 'aws-marketplace'],
  ['models.lex', 'lex'],
  ['monitoring', 'cloudwatch'],
  ['rdsdata', 'rds-data'],
  ['runtime.lex', 'lex'],
  ['servicecatalog-appregistry', 'servicecatalog'],
  ['tagging', 'tag'],
]);

/** The prefix of a service's actions by the source of its events: cloudwatch for monitoring.amazonaws.com. */
export function servicePrefix(source: string): string {
  const service = source.toLowerCase().replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  return PREFIXES.get(service) ?? service;
}
