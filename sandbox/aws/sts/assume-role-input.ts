import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import type { QueryInput } from '../protocols/query.ts';
import { length, pattern, range, refuseViolations, required } from './constraints.ts';

const text = z.string().optional();
const shape = z.object({
  RoleArn: text,
  RoleSessionName: text,
  DurationSeconds: z.coerce.number().int().optional(),
  ExternalId: text,
  SourceIdentity: text,
  SerialNumber: text,
  TokenCode: text,
  Policy: text,
  PolicyArns: list(z.object({ arn: z.string() })),
  Tags: list(z.object({ Key: z.string(), Value: z.string().default('') })),
  TransitiveTagKeys: list(z.string()),
});

/** The parameters of AssumeRole, within the documented limits of each. */
export type AssumeRoleInput = Omit<z.output<typeof shape>, 'RoleArn' | 'RoleSessionName'> & {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
};

const NAME = '[\\w+=,.@-]*';
const LONGEST_SESSION_POLICY = 2048;

/** A list; the query protocol writes an empty one as an empty text. */
function list<T extends z.ZodType>(entry: T) {
  return z.preprocess((value) => (value === '' ? [] : value), z.array(entry).default([]));
}

/** Parses the parameters; refuses what the AssumeRole page of the STS API Reference does not allow. */
export function parseAssumeRole(input: QueryInput): AssumeRoleInput {
  const parsed = shape.safeParse(input);
  if (!parsed.success) {
    throw new AwsRefusal(
      'ValidationError',
      `AssumeRole has malformed parameters: ${z.prettifyError(parsed.error)}`,
      400,
    );
  }
  const it = parsed.data;
  refuseViolations(
    [...required('roleArn', it.RoleArn), ...length('roleArn', it.RoleArn, 20, 2048)],
    [
      ...required('roleSessionName', it.RoleSessionName),
      ...length('roleSessionName', it.RoleSessionName, 2, 64),
    ],
    pattern('roleSessionName', it.RoleSessionName, NAME),
    range('durationSeconds', it.DurationSeconds, 900, 43_200),
    [
      ...length('externalId', it.ExternalId, 2, 1224),
      ...pattern('externalId', it.ExternalId, '[\\w+=,.@:\\/-]*'),
    ],
    [
      ...length('sourceIdentity', it.SourceIdentity, 2, 64),
      ...pattern('sourceIdentity', it.SourceIdentity, NAME),
    ],
    [...length('serialNumber', it.SerialNumber, 9, 256), ...pattern('tokenCode', it.TokenCode, '[\\d]{6}')],
    length('policy', it.Policy, 1, LONGEST_SESSION_POLICY),
    it.Tags.flatMap(({ Key, Value }, index) => [
      ...length(`tags.${index + 1}.member.key`, Key, 1, 128),
      ...length(`tags.${index + 1}.member.value`, Value, 0, 256),
    ]),
  );
  refuseTooMany(it);
  refuseReserved(it.SourceIdentity);
  return { ...it, RoleArn: it.RoleArn ?? '', RoleSessionName: it.RoleSessionName ?? '' };
}

function refuseTooMany({ Tags, PolicyArns, Policy }: z.output<typeof shape>): void {
  if (Tags.length > 50) throw refused('Tags may not exceed 50 items.');
  if (new Set(Tags.map(({ Key }) => Key.toLowerCase())).size < Tags.length) {
    throw new AwsRefusal(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      400,
    );
  }
  if (PolicyArns.length > 10) throw refused('PolicyArns may not exceed 10 items.');
  // Inline policy and policy ARNs share the 2,048 characters.
  const together = [Policy ?? '', ...PolicyArns.map(({ arn }) => arn)].join('').length;
  if (together > LONGEST_SESSION_POLICY)
    throw refused(`The session policies together exceed ${LONGEST_SESSION_POLICY} characters.`);
}

function refuseReserved(sourceIdentity: string | undefined): void {
  if (sourceIdentity?.toLowerCase().startsWith('aws:') === true) {
    throw refused("Source identities that begin with 'aws:' are reserved.");
  }
}

function refused(message: string): AwsRefusal {
  return new AwsRefusal('ValidationError', message, 400);
}
