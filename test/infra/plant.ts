import type { Template } from './template.ts';

/** Sets `<logical id>.<path inside Properties>`; a path that is not there fails, so that no plant is a blank. */
export function set(path: string, value: unknown): (template: Template) => void {
  return (template) => {
    const [id = '', ...keys] = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<unknown>(
      (at, key) => Reflect.get(Object(at), key),
      template.Resources[id]?.Properties,
    );
    if (!Reflect.has(Object(holder), last)) throw new Error(`The template has no ${path}.`);
    Reflect.set(Object(holder), last, value);
  };
}

/** Where a part of a role's n-th statement is, counted from 0. */
export function statement(role: string, n: number, part: string): string {
  return `${role}.Policies.0.PolicyDocument.Statement.${n}.${part}`;
}
