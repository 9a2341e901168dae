import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { DataEventSelectors } from '../../domain/report/observable.ts';

type Access = 'all' | 'write-only' | 'read-only';
type Data = DataEventSelectors['data'][number];

/** What one selector records. */
export type Recorded = {
  readonly management: Access | 'none';
  readonly excludedSources: readonly string[];
  readonly data: readonly Data[];
};

const READ_WRITE: Readonly<Record<string, Access>> = {
  All: 'all',
  ReadOnly: 'read-only',
  WriteOnly: 'write-only',
};

/**
 * A basic selector: management events unless it says otherwise, and data events by type and ARN.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html and API_DataResource.html
 */
export function recordedByBasic(selector: EventSelector): Recorded {
  const { ReadWriteType = 'All', IncludeManagementEvents = true } = selector;
  const access = READ_WRITE[ReadWriteType];
  if (access === undefined) return NOTHING;
  return {
    management: IncludeManagementEvents ? access : 'none',
    excludedSources: selector.ExcludeManagementEventSources ?? [],
    data: (selector.DataResources ?? []).flatMap(({ Type, Values }) =>
      Type === undefined
        ? []
        : [{ resourceType: Type, access, arnPrefixes: basicPrefixes(Type, Values ?? []) }],
    ),
  };
}

/** NB. A prefix ends in a slash where the ARN must be met whole: `DataEventSelectors` has no other way to say so. */
function basicPrefixes(type: string, values: readonly string[]): readonly string[] {
  if (values.some((value) => /^arn:[^:]+:[^:]+:*$/.test(value))) return [];
  return type === 'AWS::S3::Object' ? values : values.map(wholly);
}

function wholly(arn: string): string {
  return arn.endsWith('/') ? arn : `${arn}/`;
}

/**
 * An advanced selector. Its fields must all fit an event: where one is not understood, or leaves out what cannot be said
 * here, the selector counts for nothing, so that too little is called observable and never too much.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
export function recordedByAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): Recorded {
  const fields = new Map(FieldSelectors.map((one) => [one.Field ?? '', one]));
  if (fields.size !== FieldSelectors.length) return NOTHING;
  const [category] = equal(fields.get('eventCategory')) ?? [];
  const access = accessOf(fields.get('readOnly'));
  if (access === undefined) return NOTHING;
  if (category === 'Management') return managementOf(fields, access);
  return category === 'Data' ? dataOf(fields, access) : NOTHING;
}

const NOTHING: Recorded = { management: 'none', excludedSources: [], data: [] };

type Fields = ReadonlyMap<string, AdvancedFieldSelector>;

function managementOf(fields: Fields, access: Access): Recorded {
  const source = fields.get('eventSource');
  const excludedSources = source === undefined ? [] : only(source, 'NotEquals');
  if (excludedSources === undefined || !hasOnly(fields, ['eventCategory', 'readOnly', 'eventSource']))
    return NOTHING;
  return { management: access, excludedSources, data: [] };
}

function dataOf(fields: Fields, access: Access): Recorded {
  const types = equal(fields.get('resources.type'));
  const arnPrefixes = prefixesOf(fields.get('resources.ARN'));
  const isUnderstood = hasOnly(fields, ['eventCategory', 'readOnly', 'resources.type', 'resources.ARN']);
  if (types === undefined || arnPrefixes === undefined || !isUnderstood) return NOTHING;
  return {
    management: 'none',
    excludedSources: [],
    data: types.map((resourceType) => ({ resourceType, access, arnPrefixes })),
  };
}

function hasOnly(fields: Fields, known: readonly string[]): boolean {
  return [...fields.keys()].every((field) => known.includes(field));
}

function accessOf(readOnly: AdvancedFieldSelector | undefined): Access | undefined {
  if (readOnly === undefined) return 'all';
  const [value] = equal(readOnly) ?? [];
  if (value === 'true') return 'read-only';
  return value === 'false' ? 'write-only' : undefined;
}

function prefixesOf(arn: AdvancedFieldSelector | undefined): readonly string[] | undefined {
  if (arn === undefined) return [];
  return only(arn, 'StartsWith') ?? equal(arn)?.map(wholly);
}

function equal(selector: AdvancedFieldSelector | undefined): readonly string[] | undefined {
  return selector && only(selector, 'Equals');
}

const OPERATORS = ['Equals', 'NotEquals', 'StartsWith', 'NotStartsWith', 'EndsWith', 'NotEndsWith'] as const;

/** The operator's values, where the field has no other operator. */
function only(
  selector: AdvancedFieldSelector,
  operator: (typeof OPERATORS)[number],
): readonly string[] | undefined {
  const others = OPERATORS.filter((one) => one !== operator && selector[one] !== undefined);
  return others.length === 0 ? selector[operator] : undefined;
}
