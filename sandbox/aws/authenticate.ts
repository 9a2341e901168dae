import { authenticationRefusal, familyOf } from './authentication-refusals.ts';
import type { AwsRefusal, Caller, Clock, ReceivedRequest } from './aws.ts';
import { callerOfRoot, callerOfSession, callerOfUser } from './callers.ts';
import type { Directory } from './directory.ts';
import { isTokenOf, type Sessions } from './sessions.ts';
import { checkClaim, readClaim, type SignatureClaim, type SignatureFailure } from './signature.ts';

/** Who signed a request for a service; throws the refusal that the service would give. */
export type Authenticator = (request: ReceivedRequest, service: string) => Caller;

type Signer = { readonly secret: string; readonly caller: Caller; readonly expiresAt?: number };

/** An authenticator over the directory's keys and the issued sessions. */
export function createAuthenticator(directory: Directory, sessions: Sessions, clock: Clock): Authenticator {
  return (request, service) => {
    const refuse = (failure: SignatureFailure): AwsRefusal =>
      authenticationRefusal(failure, familyOf(service));
    const now = clock();
    const claim = readClaim(request);
    if ('kind' in claim) throw refuse(claim);
    const signer = signerOf(claim, now);
    if ('kind' in signer) throw refuse(signer);
    if (claim.scope.service !== service) throw refuse({ kind: 'wrong-service', expected: service });
    const failure = checkClaim(request, claim, signer.secret, now);
    if (failure !== undefined) throw refuse(failure);
    if (signer.expiresAt !== undefined && now >= signer.expiresAt) throw refuse({ kind: 'expired-token' });
    return signer.caller;
  };

  function signerOf(claim: SignatureClaim, now: number): Signer | SignatureFailure {
    const { accessKeyId, sessionToken } = claim;
    const session = sessions.find(accessKeyId);
    if (session !== undefined) {
      if (!isTokenOf(session, sessionToken)) return { kind: 'invalid-token' };
      const secret = session.credentials.secretAccessKey;
      return { secret, caller: callerOfSession(session, now), expiresAt: session.expiresAt };
    }
    const holder = directory.holderOf(accessKeyId);
    if (holder === undefined) return { kind: 'unknown-key' };
    if (sessionToken !== undefined) return { kind: 'invalid-token' };
    const caller =
      holder.kind === 'root'
        ? callerOfRoot(holder.account, accessKeyId)
        : callerOfUser(holder.user, accessKeyId);
    return { secret: holder.secret, caller };
  }
}
