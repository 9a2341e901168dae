import { codeAt } from './aws/totp.ts';
import { readWorld } from './world/world.ts';

/** `npm run mfa-code David`: the code that a user's device shows now, in a sandbox whose clock was not moved. */
const name = process.argv[2] ?? '';
const { users } = readWorld(new URL('./world/story.yml', import.meta.url).pathname);
const user = users.find((one) => one.name === name && one.mfa !== undefined);
if (user?.mfa === undefined) {
  const names = users.flatMap((one) => (one.mfa === undefined ? [] : [one.name]));
  process.stderr.write(`Name one of ${names.join(', ')}: only they have a device.\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${codeAt(user.mfa.seed, Date.now())}\n`);
}
