import { partitionOf } from '../../../domain/arn.ts';
import type { Mistake, Path } from '../complaint.ts';
import type { Draft } from '../draft.ts';

/** Roles and IAM users lie in the hub's partition: nothing in one partition can assume a role of another. */
export function onePartition({ hub, roles, people }: Draft): Mistake[] {
  if (hub === undefined) return [];
  const arns: { readonly arn: string; readonly path: Path }[] = [
    ...[...roles].flatMap(([name, { arn }]) =>
      arn === undefined ? [] : [{ arn, path: ['roles', name, 'arn'] }],
    ),
    ...[...people].flatMap(([name, { iam = [] }]) =>
      iam.map((arn) => ({ arn, path: ['people', name, 'iam'] })),
    ),
  ];
  const partition = partitionOf(hub.region);
  return arns
    .filter(({ arn }) => !arn.startsWith(`arn:${partition}:`))
    .map(({ path }) => ({
      path,
      sentence: `Use an ARN of ${partition}, the partition of the hub's Region ${hub.region}: none reaches into another.`,
    }));
}
