import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../shared/report/schema.ts';

/** `npm run report-schema`: writes the JSON Schema of the report that is published with it. */
writeFileSync('docs/report.schema.json', `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
