import * as z from 'zod';
import type { Credentials } from '../../sandbox/aws/aws.ts';
import { type AwsCalls, awsCalls } from '../../sandbox/demo/aws-calls.ts';
import { recordLog, recordSecret } from '../../sandbox/evidence.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { Report } from '../../shared/domain/report/report.ts';
import { parseReport } from '../../shared/report/json.ts';
import { byToken } from './elevation.ts';

/** The role of the story, and the account that it is in. */
export const UPDATE_APP = 'arn:aws:iam::999999999999:role/UpdateApp';

/** The user of the story who has the standing right to assume roles of Production. */
export const DAVID_ARN = 'arn:aws:iam::111111111111:user/David';

/** A sandbox, with what its functions have logged. */
export type Audited = { readonly sandbox: Sandbox; readonly log: readonly string[] };

/** Starts the sandbox, with an access file of the test where one is given. */
export async function startAudited(accessFile?: string): Promise<Audited> {
  const log: string[] = [];
  const onLog = (line: string) => {
    log.push(line);
    recordLog(line);
  };
  return { log, sandbox: await startSandbox({ onLog, ...(accessFile && { accessFile }) }) };
}

/** Credentials as STS and the API hand them out. */
export const Issued = z
  .object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() })
  .transform((it): Required<Credentials> => {
    recordSecret(it.SecretAccessKey);
    return {
      accessKeyId: it.AccessKeyId,
      secretAccessKey: it.SecretAccessKey,
      sessionToken: it.SessionToken,
    };
  });

/** The next credentials that the requester of an elevation gets. */
export async function issued(sandbox: Sandbox, id: string, person = 'david'): Promise<Required<Credentials>> {
  const requester = await byToken(sandbox, person, 0);
  const { status, body } = await requester('POST', `/elevations/${id}/credentials`);
  if (status !== 200) throw new Error(`There were no credentials: ${status}`);
  return Issued.parse(body);
}

/** Calls to AWS with these keys. */
export function calls(sandbox: Sandbox, credentials: Credentials): AwsCalls {
  return awsCalls(sandbox.endpoints.aws, credentials, sandbox.now);
}

/** Calls of David's by the keys that he always has. */
export function davidHimself(sandbox: Sandbox): AwsCalls {
  return calls(sandbox, sandbox.aws.userCredentials(DAVID_ARN));
}

const Activity = z.object({
  events: z.array(
    z.looseObject({
      eventId: z.string(),
      name: z.string(),
      actions: z.array(z.string()),
      outcome: z.string(),
      resources: z.array(z.string()),
      account: z.string(),
      as: z.string(),
      session: z.number().optional(),
    }),
  ),
  findings: z.array(z.looseObject({ code: z.string(), eventId: z.string().optional(), detail: z.string() })),
});

/** What the API tells somebody of what an elevation's sessions did. */
export async function activityOf(
  sandbox: Sandbox,
  id: string,
  person = 'david',
): Promise<z.infer<typeof Activity>> {
  const visitor = await byToken(sandbox, person, 0);
  const { status, body } = await visitor('GET', `/elevations/${id}/activity`);
  if (status !== 200) throw new Error(`${person} cannot read the activity: ${status}.`);
  return Activity.parse(body);
}

/** What was found out of band and said in the log: code, and what it is about. */
export function outOfBand(log: readonly string[]): readonly z.infer<typeof Alarm>[] {
  return linesOf(log, 'out-of-band').map((line) => Alarm.parse(line));
}

const Alarm = z.looseObject({
  code: z.string(),
  about: z.string(),
  elevation: z.string().optional(),
  eventId: z.string().optional(),
});

/** The lines of one kind in what was logged. */
export function linesOf(log: readonly string[], event: string): readonly Record<string, unknown>[] {
  return log
    .filter((line) => line.includes(`"event":"${event}"`))
    .map((line): Record<string, unknown> => JSON.parse(line));
}

const Made = z.object({ id: z.string() });
const Shown = z.object({
  files: z.array(z.object({ name: z.string(), sha256: z.string(), link: z.string() })),
});

/** A report that Ada asks for, as she can download it. */
export type Reported = {
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly text: string }[];
  readonly json: Report;
};

/** The report on the last hours, up to this minute; or on a given time. */
export async function reported(
  sandbox: Sandbox,
  hours: number | { readonly from: string; readonly until: string },
): Promise<Reported> {
  const period = typeof hours === 'number' ? lastHours(sandbox, hours) : hours;
  const ada = await byToken(sandbox, 'ada', 0);
  const { status, body } = await ada('POST', '/reports', period);
  if (status !== 202) throw new Error(`Ada cannot have a report: ${status}.`);
  const { id } = Made.parse(body);
  await sandbox.settle();
  const shown = Shown.parse((await ada('GET', `/reports/${id}`)).body);
  const files = await Promise.all(
    shown.files.map(async ({ name, sha256, link }) => ({ name, sha256, text: await textAt(link) })),
  );
  const json = parseReport(files.find(({ name }) => name === 'report.json')?.text ?? '');
  if (json === undefined) throw new Error('The report has no report.json that can be read.');
  return { id, files, json };
}

function lastHours(sandbox: Sandbox, hours: number) {
  const minute = 60_000;
  const until = Math.floor(sandbox.now() / minute) * minute;
  const at = (time: number) => new Date(time).toISOString();
  return { from: at(until - hours * 60 * minute), until: at(until) };
}

async function textAt(link: string): Promise<string> {
  const response = await fetch(link);
  if (!response.ok) throw new Error(`A link of the report answers ${response.status}.`);
  return response.text();
}
