import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** One way in which somebody could have changed an item by hand: what it has become, and in words. */
export type Edit = { readonly what: string; readonly edited: AttributeValue | undefined };

/**
 * Every value that can take the place of this one by a single change, at any depth: removed, another of its kind, of
 * another kind, with a member or an element more, fewer or in another place.
 */
export function editsOf(value: AttributeValue, path: string): readonly Edit[] {
  return [
    { what: `${path} removed`, edited: undefined },
    ...othersLike(value).map((edited) => ({ what: `${path} as ${JSON.stringify(edited)}`, edited })),
    ...editsInside(value, path),
  ];
}

function othersLike(value: AttributeValue): readonly AttributeValue[] {
  if (value.S !== undefined) return [{ S: `${value.S}x` }, { N: '1' }, { NULL: true }, { L: [value] }];
  if (value.N !== undefined)
    return [
      { N: String(Number(value.N) + 1) },
      { S: value.N },
      { N: '1e100' },
      { N: '0.5' },
      { NS: [value.N] },
    ];
  if (value.M !== undefined) return [{ M: {} }, { L: [] }, { S: 'x' }, { SS: ['x'] }];
  return [{ L: [] }, { M: {} }, { S: 'x' }, { L: [{ NULL: true }] }].filter(
    ({ L }) => L?.length !== value.L?.length,
  );
}

function editsInside({ M: members, L: elements }: AttributeValue, path: string): readonly Edit[] {
  if (members !== undefined) return editsOfMembers(members, path);
  return elements === undefined ? [] : editsOfElements(elements, path);
}

function editsOfMembers(members: Record<string, AttributeValue>, path: string): readonly Edit[] {
  const changed = Object.entries(members).flatMap(([name, member]) =>
    editsOf(member, `${path}.${name}`).map(({ what, edited }) => ({
      what,
      edited: { M: withMember(members, name, edited) },
    })),
  );
  const added = ['added', '__proto__', 'constructor'].map((name) => ({
    what: `${path}.${name} added`,
    edited: { M: withMember(members, name, { M: { person: { S: 'mallory' } } }) },
  }));
  return [...changed, ...added];
}

function editsOfElements(elements: readonly AttributeValue[], path: string): readonly Edit[] {
  const changed = elements.flatMap((element, index) =>
    editsOf(element, `${path}[${index}]`).map(({ what, edited }) => ({
      what,
      edited: { L: edited === undefined ? elements.toSpliced(index, 1) : elements.with(index, edited) },
    })),
  );
  const more = [...elements, elements[0] ?? { S: 'x' }];
  const turned = elements.toReversed();
  return [
    ...changed,
    { what: `${path} with an element more`, edited: { L: more } },
    ...(elements.length > 1 ? [{ what: `${path} turned round`, edited: { L: turned } }] : []),
  ];
}

/**
 * The members with one of them changed, added or, where it is undefined, without it. NB. Through entries, so that a
 * member named __proto__ is a member like any other.
 */
export function withMember(
  members: Record<string, AttributeValue>,
  name: string,
  member: AttributeValue | undefined,
): Record<string, AttributeValue> {
  const others = Object.entries(members).filter(([other]) => other !== name);
  return Object.fromEntries(member === undefined ? others : [...others, [name, member]]);
}
