import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { compileAccessFile } from '../../shared/adapters/access-file/compile.ts';
import { type Provider, startProvider } from '../adapters/identity/provider.ts';

const ARN = 'arn:aws:execute-api:us-east-1:222222222222:a1b2c3d4e5/prod/GET/v1/me';

const before = { ...process.env };
const write = process.stdout.write;
let idp: Provider;
let folder: string;
let printed = '';

beforeAll(async () => {
  idp = await startProvider();
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-authorize-'));
  await writeFile(join(folder, 'access.yml'), accessFile(idp.issuer));
  const compiled = await compileAccessFile(join(folder, 'access.yml'));
  await writeFile(join(folder, 'access.json'), JSON.stringify(compiled));
  process.env['DRAWBRIDGE_ACCESS_FILE'] = join(folder, 'access.json');
});
beforeEach(() => {
  printed = '';
  process.stdout.write = (text) => {
    printed += text;
    return true;
  };
});
afterEach(() => {
  process.stdout.write = write;
});
afterAll(async () => {
  idp.stop();
  process.env = { ...before };
  await rm(folder, { recursive: true });
});

function accessFile(issuer: string): string {
  return `
hub: { account: "222222222222", region: us-east-1 }
identity:
  oidc:
    - { issuer: "${issuer}", audience: drawbridge, groups: groups, mfa: { amr: [hwk] } }
people:
  david: { oidc: { issuer: "${issuer}", subject: 00u1david } }
  ruth: { oidc: { issuer: "${issuer}", subject: 00u3ruth } }
roles:
  update-app:
    arn: arn:aws:iam::999999999999:role/UpdateApp
    description: Read and write the productionapp bucket
    externalId: 7d9c0f6e-replace-me
rules:
  - { name: david-update-app, allow: ["person:david"], roles: [update-app], for: 1h, approval: { by: ["person:ruth"], count: 1, within: 1h } }
`;
}

async function tokenOf(sub: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const proof = { amr: ['hwk'], auth_time: now - 60 };
  return idp.sign({ iss: idp.issuer, aud: 'drawbridge', sub, iat: now, exp: now + 300, ...proof });
}

async function authorize(token: string): Promise<APIGatewayAuthorizerResult> {
  const { handler } = await import('../../functions/authorize.ts');
  return handler({ type: 'TOKEN', methodArn: ARN, authorizationToken: `Bearer ${token}` });
}

test('a person of the packaged access file gets in, with the proof of their MFA', async () => {
  const result = await authorize(await tokenOf('00u1david'));
  expect(result).toMatchObject({
    principalId: 'david',
    policyDocument: { Statement: [{ Effect: 'Allow', Resource: ARN }] },
  });
  expect(JSON.parse(String(result.context?.['caller']))).toMatchObject({
    person: 'david',
    mfa: { kind: 'token', evidence: 'amr:hwk' },
  });
});

test('somebody whom the file does not know is denied', async () => {
  expect(await authorize(await tokenOf('00u9eve'))).toMatchObject({
    policyDocument: { Statement: [{ Effect: 'Deny', Resource: ARN }] },
  });
});

test('a broken token is unauthorized, and the log says why without showing it', async () => {
  const token = `${(await tokenOf('00u1david')).slice(0, -8)}AAAAAAAA`;
  await expect(authorize(token)).rejects.toThrow(/^Unauthorized$/);
  expect(JSON.parse(printed)).toMatchObject({ event: 'token-refused', fault: 'bad-signature' });
  expect(token.split('.').filter((part) => printed.includes(part))).toEqual([]);
});
