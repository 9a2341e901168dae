import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import * as z from 'zod';
import type { Credentials } from '../aws/aws.ts';

/** What AWS answered: `said` for people, and what came with it. */
export type Said<T = undefined> = { readonly said: string; readonly value: T | undefined };

/** Calls of one person to AWS with one set of keys. */
export type AwsCalls = {
  sessionToken(serialNumber: string, code: string): Promise<Said<Credentials>>;
  assumeRole(roleArn: string): Promise<Said<Credentials>>;
  whoAmI(): Promise<Said>;
  listBuckets(): Promise<Said>;
  read(bucket: string, key: string): Promise<Said>;
  write(bucket: string, key: string, text: string): Promise<Said>;
};

/** The calls, at the sandbox's endpoint and time, made by AWS's own SDK. */
export function awsCalls(url: string, credentials: Credentials, now: () => number): AwsCalls {
  const settings = () => ({
    ...{ region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 },
    systemClockOffset: now() - Date.now(),
  });
  const sts = () => new STSClient(settings());
  const s3 = () => new S3Client({ ...settings(), forcePathStyle: true });
  return {
    sessionToken: (SerialNumber, TokenCode) =>
      said(async () => {
        const answer = await sts().send(new GetSessionTokenCommand({ SerialNumber, TokenCode }));
        return { said: 'a session that carries MFA', value: issued(answer.Credentials) };
      }),
    assumeRole: (RoleArn) =>
      said(async () => {
        const answer = await sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
        return { said: 'credentials', value: issued(answer.Credentials) };
      }),
    whoAmI: () =>
      said(async () => {
        const { Arn } = await sts().send(new GetCallerIdentityCommand({}));
        return { said: `${Arn}`, value: undefined };
      }),
    listBuckets: () =>
      said(async () => {
        const { Buckets = [] } = await s3().send(new ListBucketsCommand({}));
        return {
          said: Buckets.map(({ Name }) => `${Name}`)
            .toSorted()
            .join(', '),
          value: undefined,
        };
      }),
    read: (Bucket, Key) =>
      said(async () => {
        const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key }));
        return { said: (await Body?.transformToString()) ?? '', value: undefined };
      }),
    write: (Bucket, Key, Body) =>
      said(async () => {
        await s3().send(new PutObjectCommand({ Bucket, Key, Body }));
        return { said: 'written', value: undefined };
      }),
  };
}

const Issued = z
  .object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() })
  .transform((keys) => ({
    accessKeyId: keys.AccessKeyId,
    secretAccessKey: keys.SecretAccessKey,
    sessionToken: keys.SessionToken,
  }));

function issued(credentials: unknown): Credentials {
  return Issued.parse(credentials);
}

/** A refusal of AWS is an answer as well: its error code. */
async function said<T>(call: () => Promise<Said<T>>): Promise<Said<T>> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) return { said: error.name, value: undefined };
    throw error;
  }
}
