import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Credentials, SandboxAws } from './aws.ts';
import type { Directory } from './directory.ts';
import { withConditionalWrites } from './s3/conditional-writes.ts';
import { startObjectStore } from './s3/store.ts';
import { createEndpoint } from './server.ts';
import { type AwsOptions, deliveryOf, type Parts, partsOf, servicesOf } from './services.ts';
import type { Session } from './sessions.ts';

/** As long as a function may need them in one life of the sandbox; Lambda renews them, the sandbox does not. */
const FUNCTION_SECONDS = 36 * 3600;

/** Starts the endpoint on the loopback interface. */
export async function startAws(options: AwsOptions): Promise<SandboxAws> {
  const { world, clock, trailDirectory } = options;
  const parts = partsOf(options);
  const store = withConditionalWrites(await startObjectStore(world.buckets));
  const delivery = deliveryOf(options, parts, store);
  const services = servicesOf(options, parts, store, delivery);
  const server = createEndpoint({ ...parts, services, clock, region: world.region });
  const port = await listen(server, options.port ?? 0).catch(async (error: unknown) => {
    await store.stop();
    throw error;
  });

  return {
    url: `http://127.0.0.1:${port}`,
    authenticate: parts.authenticate,
    allows: async (question) => (await parts.evaluate(question)).outcome,
    functionCredentials: (roleArn, functionName) =>
      functionSession(parts, roleArn, functionName, clock()).credentials,
    userCredentials: (userArn) => userKey(parts.directory, userArn),
    mfaCode: (userArn) => parts.devices.show(userArn),
    queues: parts.queues,
    events: () => parts.events,
    records: () => parts.trail.records(),
    deliver: delivery.deliver,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      if (trailDirectory !== undefined) await delivery.deliver();
      await store.stop();
    },
  };
}

function functionSession(
  { directory, sessions }: Parts,
  roleArn: string,
  functionName: string,
  now: number,
): Session {
  const role = directory.roleByArn(roleArn);
  if (role === undefined) throw new Error(`There is no role ${roleArn}. Add it to the world.`);
  return sessions.issue({ kind: 'role', role, name: functionName, tags: [] }, now, FUNCTION_SECONDS);
}

function userKey(directory: Directory, arn: string): Credentials {
  const key = directory.keyOf(arn);
  if (key === undefined) throw new Error(`${arn} has no access key. Give the user one in the world file.`);
  return key;
}

/** The port that the server got; a taken one is said to be. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`Port ${port} cannot be used for the sandbox's AWS. Free it or choose another.`, {
      cause: error,
    });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint listens on no port.');
  return address.port;
}
