import { formatInstant, type Instant, instant } from '../../../shared/domain/instant.ts';
import type { Answer, Call } from './aws-endpoint.ts';

/** The role that is read. */
export const ROLE = 'arn:aws:iam::999999999999:role/app/UpdateApp';
const ISSUER = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
const OWN_POLICY = 'arn:aws:iam::999999999999:policy/Deploy';
const BOUNDARY = 'arn:aws:iam::999999999999:policy/Boundary';

/** The organization's trail, as a member account sees it, and one of a single Region. */
export const TRAIL = 'arn:aws:cloudtrail:eu-west-1:222222222222:trail/organization';
const LOCAL_TRAIL = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/local';

const encoded = (statement: object) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));

/** A statement about one action. */
const allowing = (action: string) => ({ Effect: 'Allow', Action: action, Resource: '*' });

const POLICIES: Readonly<Record<string, string>> = { [OWN_POLICY]: 's3:Put*', [BOUNDARY]: 's3:*' };

type Form = Readonly<Record<string, unknown>>;

/** What the account answers; forms of answers from the API references of STS, IAM and CloudTrail. */
export function answersOf(now: () => Instant): Readonly<Record<string, (form: Form) => Answer>> {
  return {
    AssumeRole: ({ DurationSeconds }) => ({
      xml: `<Credentials><AccessKeyId>ASIAAUDITOREXAMPLE01</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken>
        <Expiration>${formatInstant(instant(now() + Number(DurationSeconds) * 1000))}</Expiration></Credentials>`,
    }),
    GetRole: () => ({
      xml: `<Role><Path>/app/</Path><RoleName>UpdateApp</RoleName><RoleId>AROAIOSFODNN7EXAMPLE1</RoleId><Arn>${ROLE}</Arn>
        <CreateDate>2026-01-01T00:00:00Z</CreateDate><MaxSessionDuration>7200</MaxSessionDuration>
        <AssumeRolePolicyDocument>${encoded({ Effect: 'Allow', Principal: { AWS: ISSUER }, Action: 'sts:AssumeRole' })}</AssumeRolePolicyDocument>
        <PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>
        <PermissionsBoundaryArn>${BOUNDARY}</PermissionsBoundaryArn></PermissionsBoundary></Role>`,
    }),
    ListRolePolicies: ({ Marker }) =>
      Marker === undefined
        ? {
            xml: '<PolicyNames><member>first</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>next</Marker>',
          }
        : { xml: '<PolicyNames><member>second</member></PolicyNames><IsTruncated>false</IsTruncated>' },
    GetRolePolicy: ({ PolicyName }) => ({
      xml: `<RoleName>UpdateApp</RoleName><PolicyName>${PolicyName}</PolicyName>
        <PolicyDocument>${encoded(allowing(PolicyName === 'first' ? 's3:GetObject' : 's3:ListBucket'))}</PolicyDocument>`,
    }),
    ListAttachedRolePolicies: () => ({
      xml: `<AttachedPolicies><member><PolicyName>Deploy</PolicyName><PolicyArn>${OWN_POLICY}</PolicyArn></member></AttachedPolicies>
        <IsTruncated>false</IsTruncated>`,
    }),
    GetPolicy: ({ PolicyArn }) => ({
      xml: `<Policy><PolicyId>ANPA${String(PolicyArn).length}</PolicyId><Arn>${PolicyArn}</Arn><DefaultVersionId>v2</DefaultVersionId></Policy>`,
    }),
    GetPolicyVersion: ({ PolicyArn }) => ({
      xml: `<PolicyVersion><VersionId>v2</VersionId><Document>${encoded(allowing(POLICIES[String(PolicyArn)] ?? ''))}</Document></PolicyVersion>`,
    }),
    DescribeTrails: () => ({
      json: {
        trailList: [
          {
            TrailARN: TRAIL,
            HomeRegion: 'eu-west-1',
            IsMultiRegionTrail: true,
            IsOrganizationTrail: true,
            S3BucketName: 'trail',
          },
          {
            TrailARN: LOCAL_TRAIL,
            HomeRegion: 'us-east-1',
            IsMultiRegionTrail: false,
            S3BucketName: 'trail',
          },
        ],
      },
    }),
    GetTrailStatus: () => ({ json: { IsLogging: true } }),
    GetEventSelectors: () => ({
      json: {
        AdvancedEventSelectors: [
          { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Data'] },
              { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            ],
          },
        ],
      },
    }),
  };
}

/** Finds the answer of a call. */
export function answering(answers: Readonly<Record<string, (form: Form) => Answer>>): (call: Call) => Answer {
  return ({ operation, parameters }) => answers[operation]?.(parameters) ?? { error: 'InvalidAction' };
}
