import {
  accessLogsHoldNoSecrets,
  alarmsWatchEverything,
  authorizersAreNotCached,
  type Check,
  deploymentComesLast,
  doorsAreAlike,
  doorsAreShut,
  logsAreKeptForATime,
  rightsAreExact,
  rolesAreNotShared,
  stagesAreThrottled,
} from './checks.ts';
import { refusalsAreProblems } from './gateway-responses.ts';
import type { Template } from './template.ts';

/** Each check with a defect that it must find when somebody makes it. */
export const CHECKS: readonly (readonly [Check, string, (template: Template) => void])[] = [
  [doorsAreShut, 'a method without authorizer', set('ApiGatewayMethodV1MeGet.AuthorizationType', 'NONE')],
  [
    doorsAreShut,
    'an OIDC route at the IAM authorizer',
    set('ApiGatewayMethodV1MeGet.AuthorizationType', 'AWS_IAM'),
  ],
  [doorsAreAlike, 'a route at one door only', remove('ApiGatewayMethodIamV1ElevationsIdVarRevocationPost')],
  [
    authorizersAreNotCached,
    'an authorizer with a cache',
    set('AuthorizeApiGatewayAuthorizer.AuthorizerResultTtlInSeconds', 300),
  ],
  [
    authorizersAreNotCached,
    'the default cache',
    set('AuthorizeApiGatewayAuthorizer.AuthorizerResultTtlInSeconds', undefined),
  ],
  [
    rightsAreExact,
    'a right on everything',
    set('CredentialsRole.Policies.0.PolicyDocument.Statement.3.Resource', '*'),
  ],
  [
    rightsAreExact,
    'a right on every role of an account',
    set('CredentialsRole.Policies.0.PolicyDocument.Statement.3.Resource', [
      'arn:aws:iam::999999999999:role/*',
    ]),
  ],
  [
    rightsAreExact,
    'every action of a service',
    set('ElevationsRole.Policies.0.PolicyDocument.Statement.1.Action', 'dynamodb:*'),
  ],
  [
    rolesAreNotShared,
    'two functions behind one role',
    set('ElevationsLambdaFunction.Role', { 'Fn::GetAtt': ['CredentialsRole', 'Arn'] }),
  ],
  [logsAreKeptForATime, 'a log kept for ever', set('CredentialsLogGroup.RetentionInDays', undefined)],
  [logsAreKeptForATime, 'a function without log group', remove('CredentialsLogGroup')],
  [
    accessLogsHoldNoSecrets,
    'a token in the access log',
    set('ApiStage.AccessLogSetting.Format', '{"t":"$context.authorizer.token"}'),
  ],
  [
    stagesAreThrottled,
    'a stage without throttling',
    set('ApiStage.MethodSettings.0.ThrottlingRateLimit', undefined),
  ],
  [stagesAreThrottled, 'a stage that traces bodies', set('ApiStage.MethodSettings.0.DataTraceEnabled', true)],
  [alarmsWatchEverything, 'a function without alarm', remove('CredentialsErrors')],
  [alarmsWatchEverything, 'an alarm that tells nobody', set('ApiServerErrors.AlarmActions', [])],
  [
    refusalsAreProblems,
    'a refusal without challenge',
    set('RefuseUnauthorized.ResponseParameters', {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
    }),
  ],
  [
    refusalsAreProblems,
    'a refusal in plain JSON',
    set('RefuseThrottled.ResponseTemplates', { 'application/json': '{"message":"no"}' }),
  ],
  [refusalsAreProblems, 'a refusal of AWS itself', remove('RefuseWafFiltered')],
  [deploymentComesLast, 'a refusal that comes after the deployment', late('RefuseUnauthorized')],
];

/** Sets `<logical id>.<path inside Properties>`; a path that is not there fails, so that no plant is a blank. */
export function set(path: string, value: unknown): (template: Template) => void {
  return (template) => {
    const [id = '', ...keys] = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<unknown>(
      (at, key) => Reflect.get(Object(at), key),
      template.Resources[id]?.Properties,
    );
    if (!Reflect.has(Object(holder), last)) throw new Error(`The template has no ${path}.`);
    Reflect.set(Object(holder), last, value);
  };
}

function remove(id: string): (template: Template) => void {
  return (template) => {
    if (!(id in template.Resources)) throw new Error(`The template has no ${id}.`);
    Reflect.deleteProperty(template.Resources, id);
  };
}

function late(id: string): (template: Template) => void {
  return (template) => {
    for (const resource of Object.values(template.Resources)) {
      const before: unknown = Reflect.get(resource, 'DependsOn');
      if (Array.isArray(before))
        Reflect.set(
          resource,
          'DependsOn',
          before.filter((name) => name !== id),
        );
    }
  };
}
