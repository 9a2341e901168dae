import { AwsRefusal, type WorldSecret } from '../aws.ts';
import type { Call } from '../operation.ts';

/** One value of a secret. */
export type SecretVersion = {
  readonly id: string;
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};

/** A secret with its values, the newest first: AWSCURRENT, then AWSPREVIOUS. */
export type Secret = Omit<WorldSecret, 'value'> & {
  readonly createdAt: number;
  readonly versions: SecretVersion[];
};

/** The secrets of the world; those that have a value have it as their first version. */
export function createSecrets(
  secrets: readonly WorldSecret[],
  createdAt: number,
  newId: () => string,
): readonly Secret[] {
  return secrets.map(({ value, ...secret }) => ({
    ...secret,
    createdAt,
    versions: value === undefined ? [] : [{ id: newId(), value, createdAt }],
  }));
}

/** The secret of that name in the caller's account, or of that ARN, with or without the six characters at its end. */
export function findSecret(secrets: readonly Secret[], secretId: string, call: Call): Secret | undefined {
  return secrets.find(({ arn, name, account }) => {
    if (!secretId.startsWith('arn:')) return account === call.caller.account && name === secretId;
    return secretId === arn || secretId === withoutSuffix(arn);
  });
}

/** The version that a stage or an id names; the current one where neither is given. */
export function versionOf(
  { versions }: Secret,
  { VersionId, VersionStage }: { readonly VersionId?: string; readonly VersionStage?: string },
): SecretVersion {
  const stage = VersionStage ?? 'AWSCURRENT';
  const found =
    VersionId === undefined
      ? versions[STAGES.indexOf(stage)]
      : versions.find(
          ({ id }, index) => id === VersionId && (VersionStage ?? STAGES[index]) === STAGES[index],
        );
  if (found !== undefined) return found;
  const named = VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`;
  throw new AwsRefusal(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${named}`,
    400,
  );
}

/** The labels of a version: Secrets Manager moves them along when a new value is put. */
export function stagesOf({ versions }: Secret, version: SecretVersion): readonly string[] {
  return STAGES.slice(versions.indexOf(version)).slice(0, 1);
}

const STAGES = ['AWSCURRENT', 'AWSPREVIOUS'];

function withoutSuffix(arn: string): string {
  return arn.replace(/-[^-]{6}$/, '');
}
