import { writeFileSync } from 'node:fs';
import { auditJsonSchema } from '../cli/audit/json-schema.ts';

/** `npm run audit-schema`: writes the JSON Schema of what `drawbridge audit --json` writes. */
writeFileSync('docs/audit.schema.json', `${JSON.stringify(auditJsonSchema(), null, 2)}\n`);
