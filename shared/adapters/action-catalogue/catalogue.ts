import * as z from 'zod/mini';
import type { ActionCatalogue, CatalogueAction } from '../../domain/trail/catalogue.ts';
import { CompactActions, LEVELS } from './compact.ts';

/** The actions of one service by their names in small letters, in the order of their names. */
type ServiceActions = ReadonlyMap<string, CatalogueAction>;

type Groups = CompactActions['services'][string];

/**
 * The catalogue of a file that infra/write-actions.ts wrote; anything else is an error. The actions of a service are
 * laid out when it is first asked for: an account uses a few of the hundreds there are.
 */
export function actionCatalogue(compact: unknown): ActionCatalogue {
  const { version, services } = parsed(compact);
  const groups = new Map(Object.entries(services));
  const laidOut = new Map<string, ServiceActions>();
  const of = (service: string): ServiceActions | undefined => {
    const prefix = service.toLowerCase();
    const found = laidOut.get(prefix) ?? layOut(prefix, groups.get(prefix));
    if (found !== undefined) laidOut.set(prefix, found);
    return found;
  };
  return {
    version,
    services: [...groups.keys()],
    action: (service, name) => of(service)?.get(name.toLowerCase()),
    actionsOf: (service) => [...(of(service)?.values() ?? [])],
  };
}

function parsed(compact: unknown): CompactActions {
  const result = CompactActions.safeParse(compact);
  if (result.success) return result.data;
  throw new Error(
    `This is no action catalogue: ${z.prettifyError(result.error)} Make it anew with \`npm run package\`.`,
  );
}

function layOut(prefix: string, groups: Groups | undefined): ServiceActions | undefined {
  if (groups === undefined) return undefined;
  const actions = LEVELS.flatMap((level) => [
    ...named(groups[level]).map((name) => ({ name, level, hasResources: true })),
    ...named(groups[`${level} *`]).map((name) => ({ name, level, hasResources: false })),
  ]);
  return new Map(
    actions
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ name, ...rest }) => [name.toLowerCase(), { action: `${prefix}:${name}`, ...rest }]),
  );
}

function named(names: string | undefined): readonly string[] {
  return names?.split(' ') ?? [];
}
