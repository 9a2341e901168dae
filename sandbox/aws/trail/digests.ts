import { gzipSync } from 'node:zlib';
import type { WorldTrail } from '../aws.ts';
import { isoSeconds } from '../callers.ts';
import { type DeliveredFile, type LogFile, sha256Hex } from './delivered-file.ts';
import {
  type DigestHour,
  digestDocument,
  digestKey,
  type PreviousDigest,
  textToSign,
} from './digest-document.ts';
import type { SigningKeys } from './signing-keys.ts';

const HOUR = 3_600_000;
const OLDER = 4 * HOUR;

/**
 * When the trail of a world that starts then began to record, both in milliseconds since 1970. It is older than the world,
 * so that every hour in which something happens has a digest that ends in it, also the first.
 */
export function trailBegan(start: number): number {
  return start - OLDER;
}

/** The chains of digest files, one for each account and Region; an hour without log files has one too. */
export class Digests {
  readonly #chains = new Map<string, PreviousDigest>();
  readonly #delivered: { readonly file: LogFile; readonly at: number }[] = [];
  readonly #regions: Set<string>;
  readonly #of: DigestsOf;
  #start: number;

  constructor(of: DigestsOf) {
    this.#of = of;
    this.#regions = new Set([of.homeRegion]);
    this.#start = Math.floor(of.since / 1000) * 1000;
  }

  /** Takes note of a log file, for the digest of the hour of its delivery. */
  note(file: LogFile, at: number): void {
    this.#delivered.push({ file, at });
    this.#regions.add(file.region);
  }

  /** The digest files of the hours that have ended by now and have none yet, oldest first. */
  async due(now: number): Promise<readonly DeliveredFile[]> {
    const files: DeliveredFile[] = [];
    for (; this.#start + HOUR <= now; this.#start += HOUR) {
      for (const region of this.#regions) {
        for (const account of this.#of.accounts) files.push(await this.#digest(account, region));
      }
    }
    return files;
  }

  async #digest(account: string, region: string): Promise<DeliveredFile> {
    const { trail, prefix, homeRegion, keys } = this.#of;
    const [from, until] = [this.#start, this.#start + HOUR];
    const key = await keys(region);
    const chain = `${account} ${region}`;
    const hour: DigestHour = {
      ...{ account, region, bucket: trail.bucket, start: isoSeconds(from), end: isoSeconds(until) },
      fingerprint: key.fingerprint,
      previous: this.#chains.get(chain),
      logFiles: this.#delivered
        .filter(({ file, at }) => chain === `${file.account} ${file.region}` && at >= from && at < until)
        .map(({ file }) => file),
    };
    const name = digestKey(hour, { prefix, name: trail.name, homeRegion });
    const content = JSON.stringify(digestDocument(hour, name));
    const hash = sha256Hex(content);
    const signature = key.sign(textToSign(hour, name, hash));
    this.#chains.set(chain, { key: name, hash, signature });
    const metadata = { signature, 'signature-algorithm': 'SHA256withRSA' };
    return { key: name, body: gzipSync(content), metadata };
  }
}

type DigestsOf = {
  readonly trail: WorldTrail;
  readonly accounts: readonly string[];
  /** What keys begin with: AWSLogs/o-…/. */
  readonly prefix: string;
  readonly homeRegion: string;
  /** When validation began, in milliseconds since 1970. */
  readonly since: number;
  readonly keys: SigningKeys;
};
