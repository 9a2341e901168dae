import { readLocal } from '../../shared/adapters/cloudtrail/local-files.ts';
import type { Sha256 } from '../../shared/domain/hash.ts';
import type { RolePolicies } from '../../shared/domain/policy/document.ts';
import { type Ranked, ranking } from '../../shared/domain/survey/ranking.ts';
import type { Survey, SurveyedRole } from '../../shared/domain/survey/survey.ts';
import { surveyor } from '../../shared/domain/survey/surveyor.ts';
import { type Unseen, unseenOf } from '../../shared/domain/survey/unseen.ts';
import { withUnused } from '../../shared/domain/survey/unused.ts';
import type { ActionCatalogue } from '../../shared/domain/trail/catalogue.ts';
import { observe } from '../../shared/domain/trail/observe.ts';

/** What an audit is made with. */
export type AuditDeps = {
  readonly catalogue: ActionCatalogue;
  readonly sha256: Sha256;
  readonly progress: (read: { readonly files: number; readonly records: number }) => void;
};

/** What the files were, and what is in them. */
export type Audit = {
  readonly survey: Survey;
  readonly files: AuditedFiles;
  /** What to put behind Drawbridge first, the first first. */
  readonly first: readonly (Ranked & { readonly role: SurveyedRole })[];
  /** By the role's ARN; for the roles whose policies are known. */
  readonly unseen: ReadonlyMap<string, Unseen>;
  /** Which policies are not known, and why. */
  readonly policyFaults: readonly string[];
};

/** The files that were looked at. */
export type AuditedFiles = {
  readonly read: number;
  readonly records: number;
  /** Digest and Insight files, and records that are no calls, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** The first of them by name, each with what is wrong; what was read before the fault counts. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  readonly unreadableCount: number;
};

/** In 23 bytes each: 460 MB at the very most, and 23 MB for a million. */
const MOST_EVENTS = 20_000_000;
const MOST_NAMED = 1000;

/** Reads the files to their ends, one record at a time, and says what they tell. */
export async function audit(
  deps: AuditDeps,
  paths: readonly string[],
  policies: { readonly roles: readonly RolePolicies[]; readonly faults: readonly string[] },
): Promise<Audit> {
  const survey = surveyor({ ...deps, mostEvents: MOST_EVENTS });
  const files = await readAll(deps, paths, survey.take);
  const whole = withUnused(survey.result(), policies.roles);
  const unseen = compared(whole, policies.roles, deps.catalogue);
  const roles = new Map(whole.roles.map((role) => [role.arn, role]));
  const first = ranking(whole, (arn) => unseen.get(arn)?.levels).flatMap((ranked) => {
    const role = roles.get(ranked.arn);
    return role === undefined ? [] : [{ ...ranked, role }];
  });
  return { survey: whole, files, first, unseen, policyFaults: policies.faults };
}

type Take = ReturnType<typeof surveyor>['take'];

async function readAll({ catalogue, sha256, progress }: AuditDeps, paths: readonly string[], observed: Take) {
  const files = { read: 0, records: 0, unreadableCount: 0 };
  const skipped = new Map<string, number>();
  const unreadable: { path: string; reason: string }[] = [];
  const take = (record: Parameters<typeof observe>[0]) => {
    observed(observe(record, catalogue), record.caller.mfa);
    files.records += 1;
    if (files.records % 1000 === 0) progress({ files: files.read, records: files.records });
  };
  for await (const file of readLocal(paths, { sha256, take })) {
    if ('read' in file) {
      files.read += 1;
      for (const [reason, count] of Object.entries(file.read.skipped))
        add(skipped, `${reason} records`, count);
    } else if ('skipped' in file) add(skipped, `${file.skipped} files`, 1);
    else {
      files.unreadableCount += 1;
      if (unreadable.length < MOST_NAMED)
        unreadable.push({ path: file.path, reason: file.unreadable.message });
    }
    progress({ files: files.read, records: files.records });
  }
  return { ...files, unreadable, skipped: Object.fromEntries(skipped) };
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function compared(
  survey: Survey,
  policies: readonly RolePolicies[],
  catalogue: ActionCatalogue,
): ReadonlyMap<string, Unseen> {
  const roles = new Map(survey.roles.map((role) => [role.arn, role]));
  return new Map(
    policies.map((policy) => [
      policy.arn,
      unseenOf(policy, roles.get(policy.arn)?.actions ?? [], survey.dataEvents, catalogue),
    ]),
  );
}
