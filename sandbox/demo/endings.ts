import * as z from 'zod';
import type { Visitor } from '../client/api.ts';
import { credentials, elevation } from './answers.ts';
import { ASK, type Cast, withMfaSession } from './cast.ts';
import { inSlack } from './in-slack.ts';

/** David gives the role back early, at the other door: no further credentials. */
export async function givenBack({ tell, token }: Cast, david: Visitor, id: string): Promise<void> {
  tell.chapter('He gives it back early: no further credentials.');
  const other = await token('david', 'without MFA');
  await tell.step('David', 'returns it, at the OIDC door; to stop takes no MFA', '200 returned', async () =>
    elevation(await other('POST', `/elevations/${id}/return`)),
  );
  await tell.step('David', 'fetches credentials', '409 wrong-state: it is returned', async () =>
    elevation(await david('POST', `/elevations/${id}/credentials`)),
  );
}

/** What nobody gives back ends by itself, to the second, also for credentials that STS would let live longer. */
export async function endedByTime(cast: Cast): Promise<void> {
  const { tell, aws, sandbox } = cast;
  tell.chapter('What nobody gives back ends by itself.');
  const { id, david } = await approved(cast);
  await sandbox.advance(50);
  tell.time('50 minutes later');
  const last = await tell.step('David', 'fetches credentials', '200 credentials for 10 minutes', async () =>
    credentials(await david('POST', `/elevations/${id}/credentials`), sandbox.now()),
  );
  if (last.value === undefined) throw new Error('The answer holds no credentials.');
  const session = aws(last.value);
  await tell.step('David', 'reads index.html', '<h1>Sale, fixed</h1>', () =>
    session.read('productionapp', 'index.html'),
  );
  await sandbox.advance(11);
  tell.time('11 minutes later; STS gives no session under 15 minutes, so its policy ends this one');
  await tell.step('David', 'reads it again', 'AccessDenied', () =>
    session.read('productionapp', 'index.html'),
  );
  await tell.step('David', 'fetches credentials', '409 wrong-state: it is ended', async () =>
    elevation(await david('POST', `/elevations/${id}/credentials`)),
  );
}

/** Ruth revokes from the card: no further credentials. */
export async function revoked(cast: Cast): Promise<void> {
  const { tell } = cast;
  tell.chapter('Ruth revokes from the card, with a comment: no further credentials.');
  const { id, david } = await approved(cast);
  const [ruth, dave] = [inSlack(cast, 'Ruth'), inSlack(cast, 'David')];
  const { value: card } = await ruth.card(id);
  await tell.step('Ruth', 'presses Revoke and says why', 'You have revoked update-app for david (1h).', () =>
    ruth.pressWithComment('revoke', card, 'Release is frozen'),
  );
  await tell.step('Slack', 'shows the card', 'Revoked: update-app for david (1h)', () => ruth.card(id));
  await tell.step('David', 'is told', REVOKED, () => dave.directMessage());
  await tell.step('David', 'fetches credentials', '409 wrong-state: it is revoked', async () =>
    elevation(await david('POST', `/elevations/${id}/credentials`)),
  );
}

const REVOKED = 'ruth has revoked your elevation: update-app for 1h. No more credentials are issued.';

const Recorded = z.looseObject({
  eventName: z.string(),
  userIdentity: z.looseObject({
    sessionContext: z.looseObject({ sourceIdentity: z.string().optional() }).optional(),
  }),
});

/** CloudTrail names person and elevation in every event of a session. */
export async function whatTheTrailSays({ tell, sandbox }: Cast, id: string): Promise<void> {
  tell.chapter('CloudTrail names the elevation in everything that was done with it.');
  const ours = sandbox.aws
    .records()
    .map((record) => Recorded.parse(record))
    .filter(({ userIdentity }) => userIdentity.sessionContext?.sourceIdentity === `dbr+david+${id}`)
    .map(({ eventName }) => eventName);
  const expected = 'GetCallerIdentity, PutObject, GetObject, ListBuckets, GetObject, PutObject';
  await tell.step('Ada', `what was done as dbr+david+${id}?`, expected, async () => ({
    said: ours.join(', '),
  }));
}

/** Another elevation, asked for with a fresh MFA session and approved. */
async function approved(cast: Cast): Promise<{ readonly id: string; readonly david: Visitor }> {
  const { tell, token } = cast;
  const david = await withMfaSession(cast);
  const asked = await tell.step(
    'David',
    `asks for ${ASK.role} once more, with a fresh MFA`,
    '201 pending',
    async () => elevation(await david('POST', '/elevations', ASK)),
  );
  const id = asked.value?.id ?? '';
  const ruth = await token('ruth', 'with MFA');
  await tell.step('Ruth', 'approves', '200 approved', async () =>
    elevation(await ruth('POST', `/elevations/${id}/approval`)),
  );
  return { id, david };
}
