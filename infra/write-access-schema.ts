import { writeFileSync } from 'node:fs';
import { accessFileSchema } from '../shared/adapters/access-file/json-schema.ts';

/** Writes the JSON Schema by which editors check and complete an access file. */
const file = new URL('access.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(accessFileSchema(), null, 2)}\n`);
