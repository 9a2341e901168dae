/** The access level that AWS documents for an action. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

/** Every IAM action that AWS documents, by service prefix; `version` is that of the data it was made from. */
export type ActionCatalogue = {
  readonly version: string;
  /** The action in its documented spelling; undefined where there is none. Case does not matter. */
  action(service: string, name: string): CatalogueAction | undefined;
  /** Every action of a service prefix, in the order of their names; none where the service is unknown. */
  actionsOf(service: string): readonly CatalogueAction[];
  readonly services: readonly string[];
};

/** One action: `s3:GetObject`. */
export type CatalogueAction = {
  readonly action: string;
  readonly level: AccessLevel;
  /** Whether the action can be limited to resources; where not, only Resource `*` allows it. */
  readonly hasResources: boolean;
};
