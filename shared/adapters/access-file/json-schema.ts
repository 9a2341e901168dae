import * as z from 'zod';
import { AccessFile } from './schema.ts';

/** The JSON Schema of the access file as it is written, in the draft that editors of YAML know best. */
export function accessFileSchema(): object {
  return {
    title: 'Drawbridge access file',
    ...z.toJSONSchema(AccessFile, { target: 'draft-7', io: 'input' }),
  };
}
