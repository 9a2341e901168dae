import openApi from '../../docs/openapi.json' with { type: 'json' };
import type { Broker } from '../app/broker.ts';
import type { LinkingBroker } from '../app/link-slack.ts';
import { ok } from './answer.ts';
import type { Routes } from './api.ts';
import { me, roles } from './catalog-handlers.ts';
import { decision, ending, type Handler, list, read, request } from './elevation-handlers.ts';
import type * as schema from './response-schemas.ts';
import { confirmSlackLink, listSlackLinks, removeSlackLink } from './slack-link-handlers.ts';

/** All that the function `elevations` answers. */
export function elevationRoutes(broker: Broker & LinkingBroker): Routes {
  const by = (handle: Handler) => (call: Parameters<Handler>[1]) => handle(broker, call);
  const health: schema.Health = { status: 'ok', accessVersion: broker.access.version };
  return {
    open: { health: () => ok(health), openApi: () => ok(openApi) },
    forPeople: {
      me: by(me),
      listRoles: by(roles),
      requestElevation: by(request),
      listElevations: by(list),
      readElevation: by(read),
      approve: by(decision('approve')),
      deny: by(decision('deny')),
      withdraw: by(ending('withdraw')),
      return: by(ending('return')),
      revoke: by(ending('revoke')),
      confirmSlackLink: (call) => confirmSlackLink(broker, call),
      listSlackLinks: (call) => listSlackLinks(broker, call),
      removeSlackLink: (call) => removeSlackLink(broker, call),
    },
  };
}
