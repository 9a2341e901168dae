/**
 * Operations that need other actions than the one of their name. Each as in the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/) or on the page that is named.
 */
export const EXCEPTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    // API reference of Amazon Bedrock, "Converse" and "ConverseStream"
    'bedrock:Converse': ['InvokeModel'],
    'bedrock:ConverseStream': ['InvokeModelWithResponseStream'],

    'budgets:CreateBudget': ['ModifyBudget'],
    'budgets:CreateNotification': ['ModifyBudget'],
    'budgets:CreateSubscriber': ['ModifyBudget'],
    'budgets:DeleteBudget': ['ModifyBudget'],
    'budgets:DeleteNotification': ['ModifyBudget'],
    'budgets:DeleteSubscriber': ['ModifyBudget'],
    'budgets:DescribeBudget': ['ViewBudget'],
    'budgets:DescribeBudgetNotificationsForAccount': ['ViewBudget'],
    'budgets:DescribeBudgetPerformanceHistory': ['ViewBudget'],
    'budgets:DescribeBudgets': ['ViewBudget'],
    'budgets:DescribeNotificationsForBudget': ['ViewBudget'],
    'budgets:DescribeSubscribersForNotification': ['ViewBudget'],
    'budgets:UpdateBudget': ['ModifyBudget'],
    'budgets:UpdateNotification': ['ModifyBudget'],
    'budgets:UpdateSubscriber': ['ModifyBudget'],

    'cloudfront:CreateDistributionWithTags': ['CreateDistribution', 'TagResource'],

    // API reference of AWS KMS, "ReEncrypt": on the source key and on the destination key
    'kms:ReEncrypt': ['ReEncryptFrom', 'ReEncryptTo'],

    'lambda:GetLayerVersionByArn': ['GetLayerVersion'],
    'lambda:Invoke': ['InvokeFunction'],
    'lambda:InvokeWithResponseStream': ['InvokeFunction'],

    's3express:ListDirectoryBuckets': ['ListAllMyDirectoryBuckets'],

    // API reference of Amazon SNS, "PublishBatch"
    'sns:PublishBatch': ['Publish'],

    // Developer Guide of Amazon SQS, "Amazon SQS API permissions: Actions and resource reference"
    'sqs:ChangeMessageVisibilityBatch': ['ChangeMessageVisibility'],
    'sqs:DeleteMessageBatch': ['DeleteMessage'],
    'sqs:SendMessageBatch': ['SendMessage'],
  }),
);
