import { stsClient } from '../../../shared/adapters/sts/client.ts';
import { stsIssuer } from '../../../shared/adapters/sts/issuer.ts';
import { formatInstant, type Instant, instant } from '../../../shared/domain/instant.ts';
import { describeCredentialIssuer } from './credential-issuer-contract.ts';
import { memoryIssuer } from './memory-issuer.ts';
import {
  type Answer,
  type Call,
  errorAnswer,
  issuedAnswer,
  type StsEndpoint,
  startSts,
} from './sts-endpoint.ts';

const before = { ...process.env };
let sts: StsEndpoint | undefined;
afterEach(() => {
  sts?.stop();
  process.env = { ...before };
});

describeCredentialIssuer('the issuer in memory', async (at) => {
  const issuer = memoryIssuer(() => at);
  return { issuer, refuse: issuer.refuse };
});

describeCredentialIssuer('the issuer that asks STS', async (at) => {
  const endpoint = await startSts();
  sts = endpoint;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_STS: endpoint.url,
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEOFTHEISSUER',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  endpoint.answer((call) => asStsWould(call, endpoint.calls.length, at));
  return {
    issuer: stsIssuer(stsClient()),
    refuse: () => endpoint.answer(errorAnswer(403, 'AccessDenied', 'User is not authorized.')),
  };
});

function asStsWould({ fields }: Call, n: number, at: Instant): Answer {
  const { SourceIdentity = '', RoleSessionName, DurationSeconds } = fields;
  return issuedAnswer({
    accessKeyId: `ASIAIOSFODNN7EXAMPL${n}`,
    sourceIdentity: SourceIdentity,
    assumedRoleId: `AROA3XFRBF535PLBIFPI4:${RoleSessionName}`,
    arn: `arn:aws:sts::999999999999:assumed-role/UpdateApp/${RoleSessionName}`,
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    expiration: formatInstant(instant(at + Number(DurationSeconds) * 1000)),
  });
}
