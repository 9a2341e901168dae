/** What infra/bundle-cli.ts puts into the bundle: texts, so that they cost nothing until they are needed. */
declare const DRAWBRIDGE_ACTIONS: string;
declare const DRAWBRIDGE_VERSION: string;

/** The action catalogue, as infra/write-actions.ts writes it. */
export function embeddedActions(): unknown {
  return JSON.parse(DRAWBRIDGE_ACTIONS);
}

/** The version of Drawbridge. */
export function embeddedVersion(): string {
  return DRAWBRIDGE_VERSION;
}
