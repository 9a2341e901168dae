/** What an XML body is made of; a list becomes one `member` element for each entry. */
export type XmlTree =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlTree[]
  | { readonly [name: string]: XmlTree };

/** The elements of a tree, in its order; undefined members are left out. */
export function xml(tree: XmlTree): string {
  if (tree === undefined) return '';
  if (isList(tree)) return tree.map((it) => element('member', it)).join('');
  if (typeof tree !== 'object') return escaped(String(tree));
  return Object.entries(tree)
    .map(([name, value]) => (value === undefined ? '' : element(name, value)))
    .join('');
}

/** One element with its content. */
export function element(name: string, content: XmlTree, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<${name}${attribute}>${xml(content)}</${name}>`;
}

function isList(tree: XmlTree): tree is readonly XmlTree[] {
  return Array.isArray(tree);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
