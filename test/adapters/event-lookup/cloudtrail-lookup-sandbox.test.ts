import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { eventIn } from '../../../cli/trail/looked-up-event.ts';
import { cloudTrailLookup } from '../../../shared/adapters/event-lookup/cloudtrail-lookup.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { TrailRecord } from '../../../shared/domain/trail/record.ts';
import { allow, assume, issuer, role, type Story, startStory, updateApp } from '../../sandbox/aws/story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory({ roles: [role('222222222222', 'Reader', allow(['cloudtrail:LookupEvents']))] });
});
afterEach(() => story.stop());

/** What is looked up in the hub between two times, while the sandbox's time goes on by what is waited. */
async function lookedUp(from: number, until: number): Promise<readonly TrailRecord[]> {
  const credentials = story.aws.functionCredentials('arn:aws:iam::222222222222:role/Reader', 'operator');
  const client = new CloudTrailClient(story.client(credentials));
  const lookup = cloudTrailLookup({
    client,
    parse: (json) => eventIn(json, sha256),
    sleep: async (milliseconds) => story.move(milliseconds / 1000),
  });
  const records: TrailRecord[] = [];
  for await (const page of lookup.assumeRoles({ from: instant(from), until: instant(until) })) {
    records.push(...page.records);
  }
  client.destroy();
  return records;
}

test('more sessions than a page holds are all found, newest first, as CloudTrail has them', async () => {
  const from = story.now();
  for (let n = 1; n <= 120; n++) {
    await assume(story, issuer(story), { ...updateApp(), RoleSessionName: `dbr+david+01ABC+${n}` });
    story.move(1);
  }
  const until = story.now();
  const records = await lookedUp(from, until);
  const names = records.map(({ parameters }) => Object(parameters).roleSessionName);
  expect(names).toEqual(Array.from({ length: 120 }, (_, n) => `dbr+david+01ABC+${120 - n}`));
  expect(records[0]).toMatchObject({ source: 'sts.amazonaws.com', account: '222222222222' });
});

test('an event on the border of two hours is in the second alone', async () => {
  const border = story.now();
  await assume(story, issuer(story), updateApp());
  story.move(3600);
  expect(await lookedUp(border - 3_600_000, border)).toEqual([]);
  expect(await lookedUp(border, border + 3_600_000)).toHaveLength(1);
});
