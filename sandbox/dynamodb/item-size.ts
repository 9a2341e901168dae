/** A value as DynamoDB's JSON has it: one member, named by its type. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** An item, or its key. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The bytes of an item (Developer Guide, "DynamoDB item sizes and formats"). */
export function sizeOf(attributes: Attributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value),
    0,
  );
}

function sizeOfValue(value: AttributeValue): number {
  const [type, content] = Object.entries(value)[0] ?? [];
  if (typeof content === 'string') return sizeOfText(type, content);
  if (Array.isArray(content)) return type === 'L' ? sizeOfList(content) : sizeOfSet(type, content);
  if (type === 'M' && typeof content === 'object') return sizeOfMap(Object(content));
  return 1; // BOOL and NULL
}

function sizeOfText(type: string | undefined, text: string): number {
  if (type === 'N') return Math.ceil(text.replace(/[^0-9]/g, '').length / 2) + 1;
  return type === 'B' ? Buffer.byteLength(text, 'base64') : Buffer.byteLength(text);
}

/** A set's type ends with S: SS, NS, BS. */
function sizeOfSet(type: string | undefined, texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + sizeOfText(type?.slice(0, 1), text), 0);
}

/** Three bytes for the list or map itself, and one for each of its values. */
function sizeOfList(values: readonly AttributeValue[]): number {
  return values.reduce((sum, value) => sum + sizeOfValue(value) + 1, 3);
}

function sizeOfMap(values: Attributes): number {
  return 3 + sizeOf(values) + Object.keys(values).length;
}
