import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import { isoSeconds } from '../callers.ts';
import type { Directory } from '../directory.ts';
import type { Call } from '../operation.ts';
import { existingUser, userXml } from './entities.ts';
import { type IamOperation, iamOperation } from './operation.ts';

const byUser = z.object({ UserName: z.string().optional() });

/** What IAM says of users; without a name, of the user who asks. `since` is when the world began. */
export function userOperations(directory: Directory, since: number): Readonly<Record<string, IamOperation>> {
  const nameOf = (input: z.output<typeof byUser>, { caller }: Call): string => {
    const name = input.UserName ?? directory.userByArn(caller.arn)?.name;
    if (name === undefined)
      throw new AwsRefusal(
        'ValidationError',
        'Must specify userName when calling with non-User credentials',
        400,
      );
    return name;
  };
  const resource = (input: z.output<typeof byUser>, call: Call) => {
    const name = nameOf(input, call);
    const arn =
      directory.user(call.caller.account, name)?.arn ?? `arn:aws:iam::${call.caller.account}:user/${name}`;
    return { kind: 'user' as const, name, arn };
  };

  return {
    GetUser: iamOperation(byUser, resource, 'read', async (input, call) => ({
      User: userXml(existingUser(directory, call.caller.account, nameOf(input, call)), since),
    })),

    ListMFADevices: iamOperation(byUser, resource, 'read', async (input, call) => {
      const { name, mfa } = existingUser(directory, call.caller.account, nameOf(input, call));
      const devices =
        mfa === undefined
          ? []
          : [{ UserName: name, SerialNumber: mfa.serialNumber, EnableDate: isoSeconds(since) }];
      return { MFADevices: devices, IsTruncated: false };
    }),
  };
}
