/** AWS's partitions; nothing in one can assume a role of another. */
export const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;
/** A partition of AWS. */
export type Partition = (typeof PARTITIONS)[number];

/** The parts of an IAM role's or user's ARN; `path` begins and ends with a slash. */
export type IamArn<Kind extends 'role' | 'user'> = {
  readonly kind: Kind;
  readonly partition: Partition;
  readonly account: string;
  readonly path: string;
  readonly name: string;
  /** The ARN itself. */
  readonly text: string;
};

/** The ARN of an IAM role. */
export type RoleArn = IamArn<'role'>;
/** The ARN of an IAM user. */
export type UserArn = IamArn<'user'>;

// Paths and names as IAM takes them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const IAM_ARN =
  /^arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):(role|user)(\/(?:[\x21-\x2e\x30-\x7e]+\/)*)([\w+=,.@-]{1,64})$/;
const LONGEST_ARN = 2048;
const LONGEST_PATH = 512;

/** The parts of a role's ARN, or undefined where the text is none. */
export function parseRoleArn(text: string): RoleArn | undefined {
  return parse(text, 'role');
}

/** The parts of a user's ARN, or undefined where the text is none. */
export function parseUserArn(text: string): UserArn | undefined {
  return parse(text, 'user');
}

/** The partition in which a Region lies. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function parse<Kind extends 'role' | 'user'>(text: string, kind: Kind): IamArn<Kind> | undefined {
  const match = text.length <= LONGEST_ARN ? IAM_ARN.exec(text) : null;
  if (match === null || match[3] !== kind) return undefined;
  const [, partition, account = '', , path = '/', name = ''] = match;
  if (path.length > LONGEST_PATH) return undefined;
  return { kind, partition: partition as Partition, account, path, name, text };
}
