import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { parseReportId, type ReportId } from '../../domain/report/order.ts';
import type { ReportArchive } from '../../ports/report-archive.ts';

const PREFIX = 'reports/';

/**
 * Keeps reports in S3, one folder each: reports/<id>/<file>. The bucket has versions, so a report that is made again
 * leaves the one before readable. Region, credentials and endpoint come from the SDK's own variables.
 */
export function s3ReportArchive(bucket: string): ReportArchive {
  const client = new S3Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
  const target = (id: ReportId, name: string) => ({ Bucket: bucket, Key: `${PREFIX}${id}/${name}` });
  return {
    async put(id, files) {
      for (const { name, mediaType, body } of files) {
        await client.send(
          new PutObjectCommand({
            ...target(id, name),
            Body: body,
            ContentType: mediaType,
            ChecksumAlgorithm: 'SHA256',
          }),
        );
      }
    },
    async read(id, name) {
      try {
        const { Body } = await client.send(new GetObjectCommand(target(id, name)));
        return await Body?.transformToString('utf-8');
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    list: () => listed(client, bucket),
    async linksTo(id, names, seconds) {
      const links = names.map(async (name): Promise<[string, string]> => {
        const command = new GetObjectCommand(target(id, name));
        return [name, await getSignedUrl(client, command, { expiresIn: seconds })];
      });
      return Object.fromEntries(await Promise.all(links));
    },
  };
}

/** Folders of reports, the latest first: ids begin with their time, so their order is that of time. */
async function listed(client: S3Client, bucket: string): Promise<readonly ReportId[]> {
  const ids: ReportId[] = [];
  const folders = { Bucket: bucket, Prefix: PREFIX, Delimiter: '/' };
  for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client }, folders)) {
    const names = CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(PREFIX.length, -1));
    ids.push(...names.map(parseReportId).filter((id) => id !== undefined));
  }
  return ids.toReversed();
}
