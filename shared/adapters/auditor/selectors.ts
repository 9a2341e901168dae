import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { DataEventSelectors } from '../../domain/report/observable.ts';

type Access = 'all' | 'write-only' | 'read-only';
type Data = DataEventSelectors['data'][number];
type Arns = Omit<Data, 'resourceType' | 'access'>;

const EVERY_ARN: Arns = { arnPrefixes: [], arns: [], exceptPrefixes: [] };

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
      Type === undefined ? [] : [{ resourceType: Type, access, ...basicArns(Type, Values ?? []) }],
    ),
  };
}

function basicArns(type: string, values: readonly string[]): Arns {
  if (values.some((value) => /^arn:[^:]+:[^:]+:*$/.test(value))) return EVERY_ARN;
  return type === 'AWS::S3::Object' ? { ...EVERY_ARN, arnPrefixes: values } : { ...EVERY_ARN, arns: values };
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
  const arns = arnsOf(fields.get('resources.ARN'));
  const isUnderstood = hasOnly(fields, ['eventCategory', 'readOnly', 'resources.type', 'resources.ARN']);
  if (types === undefined || arns === undefined || !isUnderstood) return NOTHING;
  return {
    management: 'none',
    excludedSources: [],
    data: types.map((resourceType) => ({ resourceType, access, ...arns })),
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

/**
 * What is included is any of it, and what is left out is left out of that ("How CloudTrail evaluates multiple conditions
 * for a field": https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html). NB. An ARN that is
 * left out whole takes all that begin with it along: too little is called observable, never too much.
 */
function arnsOf(arn: AdvancedFieldSelector | undefined): Arns | undefined {
  if (arn === undefined) return EVERY_ARN;
  const { StartsWith = [], Equals = [], NotStartsWith = [], NotEquals = [], EndsWith, NotEndsWith } = arn;
  const isEmpty = [StartsWith, Equals, NotStartsWith, NotEquals].every(({ length }) => length === 0);
  if (isEmpty || EndsWith !== undefined || NotEndsWith !== undefined) return undefined;
  return { arnPrefixes: StartsWith, arns: Equals, exceptPrefixes: [...NotStartsWith, ...NotEquals] };
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
