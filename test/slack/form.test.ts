import { parseForm } from '../../shared/slack/form.ts';

function parsed(text: string): object | undefined {
  const form = parseForm(Buffer.from(text, 'latin1'));
  return form && Object.fromEntries(form);
}

test('a form is read as it was written', () => {
  const fields = { text: 'a+b & c=d é 👍 %41', empty: '', 'a name': '\n' };
  expect(parsed(new URLSearchParams(fields).toString())).toEqual(fields);
  expect(parsed('a=1&&b=x=y&c')).toEqual({ a: '1', b: 'x=y', c: '' });
  expect(parsed('')).toEqual({});
});

test.each([
  ['a field that comes twice', 'user_id=U1&user_id=U2'],
  ['a field that comes twice, once in escapes', 'user_id=U1&%75ser_id=U2'],
  ['an escape that is none', 'text=%zz'],
  ['an escape that is cut', 'text=%4'],
  ['escapes for no UTF-8', 'text=%ff%fe'],
  ['bytes that are no UTF-8', 'text=\xff'],
])('a body with %s is no form', (_what, body) => {
  expect(parsed(body)).toBeUndefined();
});

test('a field called like a part of every object is a field', () => {
  expect(parseForm(Buffer.from('__proto__=x&constructor=y'))?.get('__proto__')).toBe('x');
});
