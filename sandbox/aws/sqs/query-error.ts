import type { AwsRefusal } from '../aws.ts';

/** Codes of the JSON protocol that are others in the query protocol (the SDK's model, "awsQueryError"). */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  InvalidParameterValueException: 'InvalidParameterValue',
  AccessDeniedException: 'AccessDenied',
};

/** What the header x-amzn-query-error says of a refusal: the code of the query protocol, and whose fault it is. */
export function queryErrorOf({ code, status }: AwsRefusal): string {
  return `${QUERY_CODES[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}`;
}
