import type { Json } from '../../../shared/domain/canonical-json.ts';
import { actionsOf } from '../../../shared/domain/trail/actions.ts';
import type { ActionCatalogue } from '../../../shared/domain/trail/catalogue.ts';
import { iamActions } from './iam-actions.ts';

let catalogue: ActionCatalogue;
beforeAll(async () => {
  catalogue = await iamActions();
}, 60_000);

function mapped(source: string, name: string, parameters: Json = null) {
  return actionsOf({ type: 'AwsApiCall', source: `${source}.amazonaws.com`, name, parameters }, catalogue);
}

function refused(source: string, name: string, message: string) {
  const error = { code: 'AccessDenied', message };
  const call = { type: 'AwsApiCall', source: `${source}.amazonaws.com`, name, error, parameters: null };
  return actionsOf(call, catalogue);
}

describe('most events are called like their action', () => {
  test.each([
    ['iam', 'CreateUser', 'iam:CreateUser'],
    ['s3', 'GetBucketCors', 's3:GetBucketCORS'], // the catalogue's spelling counts
    ['monitoring', 'DescribeAlarms', 'cloudwatch:DescribeAlarms'],
    ['tagging', 'GetResources', 'tag:GetResources'],
    ['amazonmq', 'ListBrokers', 'mq:ListBrokers'],
    ['cloudcontrolapi', 'CreateResource', 'cloudformation:CreateResource'],
    ['runtime.lex', 'PostText', 'lex:PostText'],
    ['servicecatalog-appregistry', 'ListApplications', 'servicecatalog:ListApplications'],
    ['rdsdata', 'ExecuteStatement', 'rds-data:ExecuteStatement'],
    ['metering-marketplace', 'BatchMeterUsage', 'aws-marketplace:BatchMeterUsage'],
  ])('%s %s is %s', (source, name, action) => {
    expect(mapped(source, name)).toEqual({ mapping: 'mapped', actions: [action] });
  });

  test('a service of the China Regions is the same service', () => {
    const call = { type: 'AwsApiCall', source: 'monitoring.amazonaws.com.cn', name: 'DescribeAlarms' };
    expect(actionsOf({ ...call, parameters: null }, catalogue).actions).toEqual([
      'cloudwatch:DescribeAlarms',
    ]);
  });
});

describe('the version of an API behind a name is left out, and nothing else', () => {
  test.each([
    ['cloudfront', 'CreateFunction2020_05_31', 'cloudfront:CreateFunction'],
    ['lambda', 'AddPermission20150331v2', 'lambda:AddPermission'],
    ['lambda', 'ListFunctions20150331', 'lambda:ListFunctions'],
    ['kafka', 'CreateClusterV2', 'kafka:CreateClusterV2'],
    ['wafv2', 'GetWebACL', 'wafv2:GetWebACL'],
  ])('%s %s is %s', (source, name, action) => {
    expect(mapped(source, name).actions).toEqual([action]);
  });
});

describe('operations that need another action, or several', () => {
  // What each needs: "Required permissions for Amazon S3 API operations" in the S3 User Guide, the API references of
  // the others, and the Service Authorization Reference.
  test.each([
    ['s3', 'ListBuckets', ['s3:ListAllMyBuckets']],
    ['s3', 'ListObjectsV2', ['s3:ListBucket']],
    ['s3', 'HeadBucket', ['s3:ListBucket']],
    ['s3', 'HeadObject', ['s3:GetObject']],
    ['s3', 'GetBucketEncryption', ['s3:GetEncryptionConfiguration']],
    ['s3', 'PutBucketLifecycle', ['s3:PutLifecycleConfiguration']],
    ['s3', 'DeleteBucketLifecycle', ['s3:PutLifecycleConfiguration']],
    ['s3', 'DeleteBucketReplication', ['s3:PutReplicationConfiguration']],
    ['s3', 'UploadPart', ['s3:PutObject']],
    ['s3', 'CopyObject', ['s3:GetObject', 's3:PutObject']],
    ['s3', 'DeleteObjects', ['s3:DeleteObject']],
    ['s3', 'GetObjectAttributes', ['s3:GetObject', 's3:GetObjectAttributes']],
    ['apigateway', 'GetRestApis', ['apigateway:GET']],
    ['apigateway', 'CreateRestApi', ['apigateway:POST']],
    ['apigateway', 'UpdateStage', ['apigateway:PATCH']],
    ['apigateway', 'PutMethod', ['apigateway:PUT']],
    ['apigateway', 'ImportDocumentationParts', ['apigateway:PUT']],
    ['apigateway', 'DeleteDeployment', ['apigateway:DELETE']],
    ['apigateway', 'CreatePortal', ['apigateway:CreatePortal']],
    ['lambda', 'Invoke', ['lambda:InvokeFunction']],
    ['lambda', 'Invoke20150331', ['lambda:InvokeFunction']],
    ['budgets', 'CreateBudget', ['budgets:ModifyBudget']],
    ['budgets', 'DescribeBudgets', ['budgets:ViewBudget']],
    ['sqs', 'SendMessageBatch', ['sqs:SendMessage']],
    ['sns', 'PublishBatch', ['sns:Publish']],
    ['kms', 'ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
    [
      'cloudfront',
      'CreateDistributionWithTags2020_05_31',
      ['cloudfront:CreateDistribution', 'cloudfront:TagResource'],
    ],
    ['dynamodb', 'TransactGetItems', ['dynamodb:GetItem']],
    ['dynamodb', 'BatchGetItem', ['dynamodb:BatchGetItem']],
  ])('%s %s needs %j', (source, name, actions) => {
    expect(mapped(source, name)).toEqual({ mapping: 'mapped', actions });
  });

  test.each([
    ['GetObject', 's3:GetObject', 's3:GetObjectVersion'],
    ['HeadObject', 's3:GetObject', 's3:GetObjectVersion'],
    ['DeleteObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    ['GetObjectAcl', 's3:GetObjectAcl', 's3:GetObjectVersionAcl'],
  ])('%s needs %s, and of a version %s', (name, current, version) => {
    const at = { bucketName: 'productionapp', key: 'a' };
    expect(mapped('s3', name, at).actions).toEqual([current]);
    expect(mapped('s3', name, { ...at, versionId: '3HL4kqtJlcpXroDTDmJ' }).actions).toEqual([version]);
  });

  test('a copy of a version needs that version', () => {
    const copied = { 'x-amz-copy-source': 'productionapp/a?versionId=3HL4kqtJlcpXroDTDmJ' };
    expect(mapped('s3', 'CopyObject', copied).actions).toEqual(['s3:GetObjectVersion', 's3:PutObject']);
  });
});

describe('what is in a call of DynamoDB tells its actions', () => {
  const transaction = (...operations: string[]) =>
    mapped('dynamodb', 'TransactWriteItems', {
      requestItems: operations.map((operation) => ({ operation })),
    });

  test('a transaction needs the action of each of its items, once', () => {
    expect(transaction('Put', 'Put', 'Update', 'Delete', 'ConditionCheck').actions).toEqual([
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ]);
  });

  test.each([
    ["SELECT * FROM Music WHERE Artist = '***(Redacted)'", 'dynamodb:PartiQLSelect'],
    ["insert into Music VALUE {'Artist': ***(Redacted)}", 'dynamodb:PartiQLInsert'],
    [' UPDATE Music SET Album = ***(Redacted)', 'dynamodb:PartiQLUpdate'],
    ['DELETE FROM Music WHERE Artist = ?', 'dynamodb:PartiQLDelete'],
  ])('the statement %j needs %s', (statement, action) => {
    expect(mapped('dynamodb', 'ExecuteStatement', { statement }).actions).toEqual([action]);
    const requestItems = [{ statement }, { statement }];
    expect(mapped('dynamodb', 'BatchExecuteStatement', { requestItems }).actions).toEqual([action]);
  });

  test('where one part is not understood, or there is none, the whole is unmapped', () => {
    const unmapped = { mapping: 'unmapped', actions: [] };
    expect(transaction('Put', 'Merge')).toEqual(unmapped);
    expect(transaction()).toEqual(unmapped);
    expect(mapped('dynamodb', 'TransactWriteItems')).toEqual(unmapped);
    expect(mapped('dynamodb', 'ExecuteStatement', { statement: 'EXISTS(SELECT 1)' })).toEqual(unmapped);
  });
});

describe('the action that IAM names in a refusal wins', () => {
  // "Troubleshoot access denied error messages" in the IAM User Guide
  test.each([
    {
      what: 'a call that needs a second permission',
      source: 'ec2',
      name: 'RunInstances',
      message:
        'User: arn:aws:sts::999999999999:assumed-role/UpdateApp/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::999999999999:role/App because no identity-based policy allows the iam:PassRole action',
      action: 'iam:PassRole',
    },
    {
      what: "another spelling than the catalogue's",
      source: 'sns',
      name: 'ListSubscriptions',
      message:
        'User: arn:aws:iam::999999999999:user/a is not authorized to perform: SNS:ListSubscriptions on resource: arn:aws:sns:us-east-1:999999999999:*',
      action: 'sns:ListSubscriptions',
    },
    {
      what: 'an action that is newer than the catalogue',
      source: 's3',
      name: 'PaintBucket',
      message:
        'User: arn:aws:iam::999999999999:user/a is not authorized to perform: s3:PaintBucket on resource: "arn:aws:s3:::b"',
      action: 's3:PaintBucket',
    },
  ])('$what', ({ source, name, message, action }) => {
    expect(refused(source, name, message)).toEqual({ mapping: 'mapped', actions: [action] });
  });

  test('a refusal that names no action leaves it to the event', () => {
    const message =
      'You are not authorized to perform this operation. Encoded authorization failure message: 1Qju1r-MU';
    expect(refused('ec2', 'RunInstances', message).actions).toEqual(['ec2:RunInstances']);
  });
});

test.each([
  ['s3', 'GetStorageLensDashboardDataInternal'],
  ['apigateway', 'TagResource'],
  ['nosuchservice', 'CreateThing'],
  ['s3', 'Get*'],
  ['s3', 'constructor'],
  ['apigateway', 'constructor'],
  ['', ''],
])('an event that no action is known for is unmapped: %s %s', (source, name) => {
  expect(mapped(source, name)).toEqual({ mapping: 'unmapped', actions: [] });
});

test.each(['AwsServiceEvent', 'AwsConsoleSignIn', 'AwsConsoleAction', 'AwsVpceEvent'])(
  'an event of type %s is no API call',
  (type) => {
    const event = { type, source: 'kms.amazonaws.com', name: 'RotateKey', parameters: null };
    expect(actionsOf(event, catalogue)).toEqual({ mapping: 'not-an-api-call', actions: [] });
  },
);
