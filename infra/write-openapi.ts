import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../shared/http/openapi.ts';

/** `npm run openapi`: writes the document that the API serves. */
writeFileSync('docs/openapi.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`);
