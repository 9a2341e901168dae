import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAppDoor } from './callbacks/app-door.ts';
import { createPerson } from './person.ts';
import { requestListener } from './requests.ts';
import type { SandboxSlack, SlackOptions } from './slack.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** Starts a workspace. */
export async function startSlack(options: SlackOptions): Promise<SandboxSlack> {
  const { port = 0, signingSecret, appUrl, patienceMs, ...of } = options;
  const workspace = createWorkspace(of);
  const app = createAppDoor({ appUrl, signingSecret, clock: of.clock, patienceMs });
  const as = (user: string) => createPerson(known(user, workspace), workspace, app);
  const server = createServer(requestListener({ workspace, as })).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    as,
    messages: (place) => workspace.conversations.messages(placeOf(place, workspace)),
    remove: workspace.conversations.remove,
    fail: workspace.faults.plant,
    recover: workspace.faults.clear,
    callbacks: app.sent,
    setSigningSecret: app.setSigningSecret,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function known(id: string, { users }: Workspace) {
  const user = users.get(id);
  if (user !== undefined) return user;
  throw new Error(`Nobody here has the id ${id}. There are ${[...users.keys()].join(', ')}.`);
}

function placeOf(id: string, { conversations, users }: Workspace): string {
  return users.has(id) ? conversations.directWith(id).id : id;
}
