import fc from 'fast-check';
import { selects } from '../../../sandbox/aws/trail/selectors.ts';
import { recordedTogether } from '../../../shared/adapters/auditor/recorded-together.ts';
import { recordedByAdvanced } from '../../../shared/adapters/auditor/selectors.ts';
import { matchesResource } from '../../../shared/domain/policy/pattern.ts';
import { unobservable } from '../../../shared/domain/report/observability.ts';

const S3 = 'AWS::S3::Object';
const BUCKETS = ['a', 'ab', 'b'].map((name) => `arn:aws:s3:::${name}`);
const OBJECTS = BUCKETS.flatMap((bucket) => ['', 'a', 'ab', 'b/a'].map((key) => `${bucket}/${key}`));

const arns = (part: string) =>
  fc
    .option(fc.array(fc.constantFrom(...BUCKETS, ...OBJECTS), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
    })
    .map((values) => (values === undefined ? {} : { [part]: values }));
const arnField = fc
  .tuple(arns('StartsWith'), arns('Equals'), arns('NotStartsWith'), arns('NotEquals'))
  .map((parts) => Object.assign({}, ...parts))
  .filter((parts) => Object.keys(parts).length > 0)
  .map((parts) => [{ Field: 'resources.ARN', ...parts }]);
const selector = fc.oneof(arnField, fc.constant([])).map((arn) => ({
  Name: '',
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: [S3] },
    ...arn,
  ],
}));
const granted = fc.constantFrom(
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::a*',
  ...BUCKETS,
  ...BUCKETS.flatMap((bucket) => [`${bucket}/*`, `${bucket}/a*`, `${bucket}/?`, `${bucket}/a`]),
  'arn:aws:s3:::?/a',
);

/** A read of an object, or of what a bucket holds under a prefix. */
function event(arn: string) {
  return {
    ...{ eventTime: '', eventSource: 's3.amazonaws.com', eventName: 'GetObject', eventID: '' },
    ...{ awsRegion: 'us-east-1', recipientAccountId: '999999999999', readOnly: true },
    ...{ managementEvent: false, eventCategory: 'Data', resources: [{ type: S3, ARN: arn }] },
  };
}

test('where a permission is called observable, the trail records every event of what it is granted on', () => {
  let observable = 0;
  fc.assert(
    fc.property(fc.array(selector, { minLength: 1, maxLength: 2 }), granted, (selectors, resource) => {
      const recorded = recordedTogether(selectors.map(recordedByAdvanced));
      const grant = { action: 's3:GetObject', level: 'Read' as const, resources: [resource] };
      if (unobservable(grant, recorded, new Set()) !== undefined) return;
      observable += 1;
      // A bucket's own events name the bucket with what was listed of it behind a slash.
      const isOf = (arn: string) => matchesResource(resource, arn) || matchesResource(`${resource}/*`, arn);
      for (const arn of OBJECTS.filter(isOf))
        expect({ arn, is: selects(selectors, event(arn)) }).toEqual({ arn, is: true });
    }),
    { numRuns: 2000 },
  );
  expect(observable).toBeGreaterThan(100);
});
