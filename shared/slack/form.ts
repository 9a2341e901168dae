/** The fields of a form by their names. */
export type Form = ReadonlyMap<string, string>;

/**
 * The fields of an `application/x-www-form-urlencoded` body; undefined where the bytes are no UTF-8, an escape is none,
 * or a field comes twice: two readers must not see two different requests.
 */
export function parseForm(body: Uint8Array): Form | undefined {
  try {
    const fields = new Map<string, string>();
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    for (const pair of text.split('&').filter((one) => one !== '')) {
      const [name = '', ...value] = pair.split('=');
      const key = decoded(name);
      if (fields.has(key)) return undefined;
      fields.set(key, decoded(value.join('=')));
    }
    return fields;
  } catch {
    return undefined;
  }
}

/** Throws a URIError where an escape is none, or stands for bytes that are no UTF-8. */
function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
