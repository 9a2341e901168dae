import { readFileSync } from 'node:fs';
import { accessFileSchema } from '../../../shared/adapters/access-file/json-schema.ts';

test('the JSON Schema for editors is that of the code: npm run schema writes it', () => {
  expect(JSON.parse(readFileSync('infra/access.schema.json', 'utf8'))).toEqual(accessFileSchema());
});

test('the JSON Schema shows defaults as the file writes them, and explains every section', () => {
  expect(accessFileSchema()).toMatchObject({
    additionalProperties: false,
    required: ['hub', 'roles', 'rules'],
    properties: {
      roles: { additionalProperties: { properties: { session: { type: 'string', default: '15m' } } } },
      rules: {
        items: {
          anyOf: [{ required: ['name', 'deny', 'roles'] }, { required: ['name', 'allow', 'roles', 'for'] }],
        },
      },
    },
  });
});
