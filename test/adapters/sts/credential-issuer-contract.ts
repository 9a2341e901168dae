import type { CredentialSpec } from '../../../shared/domain/credential-spec.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { IssuerRefusalCode } from '../../../shared/domain/refusal.ts';
import type { CredentialIssuer } from '../../../shared/ports/credential-issuer.ts';

/** An issuer under test, its clock at `at`. */
export type IssuerUnderTest = {
  readonly issuer: CredentialIssuer;
  readonly refuse: (code: IssuerRefusalCode) => void;
};

const AT = instant(Date.UTC(2026, 10, 24, 9));

/** What every issuer of credentials does alike. */
export function describeCredentialIssuer(
  name: string,
  start: (at: Instant) => Promise<IssuerUnderTest>,
): void {
  describe(name, () => {
    let tested: IssuerUnderTest;
    beforeEach(async () => {
      tested = await start(AT);
    });

    test('issues a session of the name and the length that were asked for', async () => {
      expect(await tested.issuer.issue(spec(1))).toEqual({
        accessKeyId: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
        secretAccessKey: expect.stringMatching(/./),
        sessionToken: expect.stringMatching(/./),
        expiresAt: AT + 900_000,
        assumedRoleId: expect.stringMatching(
          new RegExp(`^AROA[A-Z0-9]{17}:${NAME.replaceAll('+', '\\+')}\\+1$`),
        ),
      });
    });

    test('issues other credentials each time', async () => {
      const keys = [await tested.issuer.issue(spec(1)), await tested.issuer.issue(spec(2))].map((answer) =>
        'refused' in answer ? answer.refused : answer.accessKeyId,
      );
      expect(new Set(keys).size).toBe(2);
    });

    test('returns why it refuses', async () => {
      tested.refuse('role-not-assumable');
      expect(await tested.issuer.issue(spec(1))).toEqual({
        refused: 'role-not-assumable',
        text: expect.any(String),
      });
    });
  });
}

const NAME = 'dbr+david+01JD6Z0000000000000000ABCD';

function spec(n: number): CredentialSpec {
  return {
    roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
    roleSessionName: `${NAME}+${n}`,
    sourceIdentity: NAME,
    externalId: '7d9c0f6e',
    durationSeconds: 900,
    tags: [{ key: 'drawbridge:person', value: 'david' }],
    policy: '{"Version":"2012-10-17","Statement":[]}',
  };
}
