import { startAws } from '../../../sandbox/aws/start-aws.ts';
import { NOON, startStory, storyWorld } from './story.ts';

const options = { world: storyWorld([]), clock: () => NOON, forward: { dynamodb: 'http://127.0.0.1:9' } };

test('a port that is taken is said to be', async () => {
  const story = await startStory();
  const port = Number(new URL(story.aws.url).port);
  await expect(startAws({ ...options, port })).rejects.toThrow(
    `Port ${port} cannot be used for the sandbox's AWS. Free it or choose another.`,
  );
  await story.stop();
  const again = await startAws({ ...options, port });
  expect(again.url).toBe(`http://127.0.0.1:${port}`);
  await again.stop();
});

test.each<[string, (story: Awaited<ReturnType<typeof startAws>>) => unknown, string]>([
  [
    'role',
    (aws) => aws.functionCredentials('arn:aws:iam::222222222222:role/Nobody', 'f'),
    'There is no role',
  ],
  ['user', (aws) => aws.userCredentials('arn:aws:iam::111111111111:user/Nobody'), 'has no access key'],
  ['device', (aws) => aws.mfaCode('arn:aws:iam::111111111111:root'), 'has no MFA device'],
])('a %s that the world does not have is refused by its name', async (_name, ask, complaint) => {
  const aws = await startAws(options);
  expect(() => ask(aws)).toThrow(complaint);
  await aws.stop();
});
