import type { Visitor } from '../client/api.ts';
import { credentials, elevation, list } from './answers.ts';
import { ASK, arnOf, type Cast, LEGACY_UPDATE_APP, UPDATE_APP } from './cast.ts';
import { endedByTime, givenBack, revoked, whatTheTrailSays } from './endings.ts';
import { inSlack } from './in-slack.ts';
import { theReport } from './reporting.ts';
import { askingInSlack, whatWasTold } from './telling.ts';

/** Plays the story of the three accounts, whose report goes into the folder; throws at the first step that differs. */
export async function play(cast: Cast, reportFolder: string): Promise<void> {
  await before(cast);
  await closedDoor(cast);
  const david = await provingMfa(cast);
  const id = await asking(cast, david);
  await approving(cast, david, id);
  await using(cast, david, id);
  await givenBack(cast, david, id);
  await endedByTime(cast);
  await revoked(cast);
  await askingInSlack(cast);
  await whatTheTrailSays(cast, id);
  await whatWasTold(cast, id);
  await theReport(cast, reportFolder);
}

async function before({ tell, aws }: Cast): Promise<void> {
  tell.chapter(
    'Before: the role trusts the whole Development account. Whoever may assume roles is in, all day.',
  );
  for (const who of ['David', 'Tess'] as const) {
    await tell.step(who, 'aws sts assume-role …/LegacyUpdateApp, without MFA', 'credentials', () =>
      aws(who).assumeRole(LEGACY_UPDATE_APP),
    );
  }
}

async function closedDoor({ tell, aws, token }: Cast): Promise<void> {
  tell.chapter('With Drawbridge: UpdateApp trusts the issuer alone, and only for named and tagged sessions.');
  for (const who of ['David', 'Tess', 'root'] as const) {
    await tell.step(who, 'aws sts assume-role …/UpdateApp', 'AccessDenied', () =>
      aws(who).assumeRole(UPDATE_APP),
    );
  }
  const tess = await token('tess', 'with MFA');
  await tell.step('Tess', 'asks Drawbridge for update-app', '403 denied-by-rule', async () =>
    elevation(await tess('POST', '/elevations', ASK)),
  );
}

/** David tries without MFA at both doors, then steps up; his visit at the IAM door is what comes back. */
async function provingMfa({ tell, aws, signed, token, sandbox }: Cast): Promise<Visitor> {
  tell.chapter('David asks. Without a fresh MFA nothing is created.');
  const unproved = await token('david', 'without MFA');
  const asked = await tell.step(
    'David',
    'asks with a token that proves no MFA',
    '401 step-up-required',
    async () => {
      const answer = await unproved('POST', '/elevations', ASK);
      return { ...elevation(answer), challenge: answer.headers.get('x-amzn-remapped-www-authenticate') };
    },
  );
  await tell.step('', 'the challenge (RFC 9470)', CHALLENGE, async () => ({ said: `${asked.challenge}` }));
  const keys = sandbox.aws.userCredentials(arnOf('David'));
  await tell.step('David', 'asks with his long-term keys', '403 forbidden', async () =>
    elevation(await signed(keys)('POST', '/elevations', ASK)),
  );
  await tell.step('David', 'lists what he has asked for', '200 0 of them', async () =>
    list(await unproved('GET', '/elevations?mine')),
  );
  const { serialNumber, code } = sandbox.aws.mfaCode(arnOf('David'));
  const session = await tell.step(
    'David',
    'aws sts get-session-token, with the code of his device',
    'a session that carries MFA',
    () => aws('David').sessionToken(serialNumber, code),
  );
  if (session.value === undefined) throw new Error('STS gave no session.');
  return signed(session.value);
}

const CHALLENGE =
  'Bearer error="insufficient_user_authentication", ' +
  'error_description="A fresh proof of MFA is required", max_age="900"';

async function asking({ tell }: Cast, david: Visitor): Promise<string> {
  const asked = await tell.step(
    'David',
    `asks for ${ASK.role}, ${ASK.duration}, ${ASK.ticket}: ${ASK.reason}`,
    '201 pending',
    async () => elevation(await david('POST', '/elevations', ASK)),
  );
  if (asked.value === undefined) throw new Error('The answer names no elevation.');
  return asked.value.id;
}

async function approving(cast: Cast, david: Visitor, id: string): Promise<void> {
  const { tell, token } = cast;
  tell.chapter(
    'Somebody else agrees. Nobody approves their own request, whatever identity they arrive with.',
  );
  await tell.step('David', 'fetches credentials too early', '409 wrong-state: it is pending', async () =>
    elevation(await david('POST', `/elevations/${id}/credentials`)),
  );
  const other = await token('david', 'with MFA');
  await tell.step('David', 'approves it himself, as his other identity', '403 own-request', async () =>
    elevation(await other('POST', `/elevations/${id}/approval`)),
  );
  const tess = await token('tess', 'with MFA');
  await tell.step('Tess', 'looks for it', '404 not-found', async () =>
    elevation(await tess('GET', `/elevations/${id}`)),
  );
  const ruth = await token('ruth', 'without MFA');
  await tell.step('Ruth', 'lists what waits for her', '200 1 of them', async () =>
    list(await ruth('GET', '/elevations?toApprove')),
  );
  await approvingInSlack(cast, id);
}

/** The card is made from the table, a click names only the request, and the table decides. */
async function approvingInSlack(cast: Cast, id: string): Promise<void> {
  const { tell } = cast;
  const [ruth, david, tess] = [inSlack(cast, 'Ruth'), inSlack(cast, 'David'), inSlack(cast, 'Tess')];
  const asked = 'Waiting for approval: update-app for david (1h)';
  const { value: card } = await tell.step('Slack', 'shows a card in #production-access', asked, () =>
    ruth.card(id),
  );
  await tell.step('David', 'presses Approve on it', OWN, () => david.press('approve', card));
  await tell.step('Tess', 'presses Approve on it', NOT_HERS, () => tess.press('approve', card));
  const done = 'You have approved update-app for david (1h).';
  await tell.step('Ruth', 'presses Approve', done, () => ruth.press('approve', card));
  await tell.step('Ruth', 'presses it twice', done, () => ruth.press('approve', card));
  await tell.step('Slack', 'shows the card', 'Approved: update-app for david (1h)', () => ruth.card(id));
  await tell.step('David', 'is told', APPROVED, () => david.directMessage());
}

const OWN = 'Nobody decides on their own request. Ask another approver.';
const NOT_HERS = 'There is no such request, or it is not yours to see.';
const APPROVED = 'ruth has approved your request for update-app for 1h (1 of 1 approvals).';

async function using({ tell, aws, sandbox }: Cast, david: Visitor, id: string): Promise<void> {
  tell.chapter('David has the role: 15 minutes at a time, while the hour lasts, and nothing else.');
  const fetch = () =>
    tell.step('David', 'fetches credentials', '200 credentials for 15 minutes', async () =>
      credentials(await david('POST', `/elevations/${id}/credentials`), sandbox.now()),
    );
  const first = (await fetch()).value;
  if (first === undefined) throw new Error('The answer holds no credentials.');
  const session = aws(first);
  const name = `arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+${id}+1`;
  await tell.step('David', 'aws sts get-caller-identity', name, () => session.whoAmI());
  await tell.step('David', 'writes index.html to productionapp', 'written', () =>
    session.write('productionapp', 'index.html', '<h1>Sale</h1>'),
  );
  await tell.step('David', 'reads it back', '<h1>Sale</h1>', () =>
    session.read('productionapp', 'index.html'),
  );
  await tell.step('David', 'lists the buckets of Production', 'payroll, productionapp', () =>
    session.listBuckets(),
  );
  await tell.step('David', 'reads the payroll', 'AccessDenied', () => session.read('payroll', '2026-11.csv'));
  await sandbox.advance(16);
  tell.time('16 minutes later');
  await tell.step('David', 'writes again', 'ExpiredToken', () =>
    session.write('productionapp', 'index.html', 'late'),
  );
  const second = (await fetch()).value;
  if (second === undefined) throw new Error('The answer holds no credentials.');
  await tell.step('David', 'writes with the new ones', 'written', () =>
    aws(second).write('productionapp', 'index.html', '<h1>Sale, fixed</h1>'),
  );
}
