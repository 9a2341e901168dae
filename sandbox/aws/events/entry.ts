type Entry = {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources: readonly string[];
  readonly Time?: number | undefined;
};

/** Why EventBridge does not take an entry, as its result says so; undefined where it does. */
export type EntryFault = { readonly ErrorCode: string; readonly ErrorMessage: string };

/** EventBridge User Guide, "Calculating PutEvents event entry size": a time counts as 14 bytes. */
export function sizeOfEntry({ Source, DetailType, Detail, Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}

/** PutEventsRequestEntry: detail, detail type and source are required, and the detail is a JSON object. */
export function entryFault(entry: Entry): EntryFault | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[name] === '') return invalid(name, `${name} is a required argument.`);
  }
  return isJsonObject(entry.Detail)
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function invalid(parameter: string, reason: string): EntryFault {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}`,
  };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
