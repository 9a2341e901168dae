import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { canonicalJson, type Json } from '../../domain/canonical-json.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { Finding } from '../../domain/trail/finding.ts';
import type { Alarms } from '../../ports/alarms.ts';
import type { Log } from '../../ports/log.ts';
import { batchesOf } from './batches.ts';
import { sendBatch } from './send-batch.ts';

/**
 * Tells of each finding by one line of the log, which the alarm counts (infra/audit-alarms.yml), and by one event of the
 * bus: source `drawbridge`, detail type `out-of-band`.
 */
export function eventBridgeAlarms(bus: string, log: Log, { pauseMs = 200 } = {}): Alarms {
  const client = new EventBridgeClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  return {
    async raise(findings) {
      for (const finding of findings) log('error', 'out-of-band', factsOf(finding));
      const entries = findings.map((finding) => ({
        EventBusName: bus,
        Source: 'drawbridge',
        DetailType: 'out-of-band',
        Detail: canonicalJson(detailOf(finding)),
        Time: new Date(finding.at),
        Resources: [finding.about],
      }));
      for (const batch of batchesOf(entries)) await sendBatch(client, batch, pauseMs);
    },
  };
}

/** The log names ids; the sentence, in which callers' own names stand, is for the bus and the report. */
function factsOf({ code, at, about, elevation, seen }: Finding): Record<string, string> {
  return {
    code,
    at: formatInstant(at),
    about,
    ...(elevation === undefined ? {} : { elevation }),
    ...(seen === undefined ? {} : { eventId: seen.id, account: seen.account, region: seen.region }),
  };
}

function detailOf(finding: Finding): Json {
  const { detail, seen } = finding;
  return {
    ...factsOf(finding),
    detail,
    ...(seen === undefined ? {} : { event: { source: seen.source, name: seen.name, outcome: seen.outcome } }),
  };
}
