import { type QueryOperation, queryService } from '../protocols/query.ts';
import type { Service } from '../service.ts';
import { assumeRole, type StsParts } from './assume-role.ts';
import { getSessionToken } from './get-session-token.ts';

/** AWS Security Token Service. */
export function createSts(parts: StsParts): Service {
  return queryService({
    name: 'sts',
    version: '2011-06-15',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: {
      AssumeRole: assumeRole(parts),
      GetCallerIdentity: getCallerIdentity,
      GetSessionToken: getSessionToken(parts),
    },
  });
}

/** Needs no permission, and no policy can forbid it (STS API Reference). */
const getCallerIdentity: QueryOperation = {
  readOnly: true,
  refused: () => null,
  run: async (_input, { caller }) => ({
    result: { Arn: caller.arn, UserId: caller.userId, Account: caller.account },
    detail: { requestParameters: null },
  }),
};
