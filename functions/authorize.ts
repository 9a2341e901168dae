import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { oidcVerifier } from '../shared/adapters/identity/oidc.ts';
import { systemClock } from '../shared/adapters/system/clock.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { authorizeConfig } from '../shared/config.ts';
import { authorizer } from '../shared/http/authorizer.ts';

const { accessFile } = authorizeConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(accessFile, 'utf8')));

/** The OIDC door: says who is calling and how strongly that was proved. It may do nothing else. */
export const handler = authorizer({
  verify: oidcVerifier({ access, clock: systemClock }),
  log: jsonLog(systemClock),
});
