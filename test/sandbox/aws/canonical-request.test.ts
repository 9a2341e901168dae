import { sha256Hex, signatureOf } from '../../../sandbox/aws/canonical-request.ts';

const EMPTY = sha256Hex('');

test('the example of the IAM User Guide has the signature that is printed there', () => {
  // "Signature Version 4 signing process": GET ListUsers of IAM, 30 August 2015.
  const parts = {
    method: 'GET',
    path: '/',
    query: [
      ['Action', 'ListUsers'],
      ['Version', '2010-05-08'],
    ] as const,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      host: 'iam.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
    },
    payloadHash: EMPTY,
  };
  const scope = { day: '20150830', region: 'us-east-1', service: 'iam' };
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  expect(signatureOf(parts, scope, '20150830T123600Z', secret)).toBe(
    '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

// S3 API Reference, "Signature calculations for the Authorization header", examples of 24 May 2013.
test.each([
  {
    name: 'GET of a range',
    method: 'GET',
    path: '/test.txt',
    query: [],
    headers: { range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY },
    payloadHash: EMPTY,
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT of an object',
    method: 'PUT',
    path: '/test%24file.text',
    query: [],
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': sha256Hex('Welcome to Amazon S3.'),
    },
    payloadHash: sha256Hex('Welcome to Amazon S3.'),
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'list of objects',
    method: 'GET',
    path: '/',
    query: [
      ['prefix', 'J'],
      ['max-keys', '2'],
    ] as const,
    headers: { 'x-amz-content-sha256': EMPTY },
    payloadHash: EMPTY,
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
])('the S3 example "$name" has the signature that is printed there', ({ signature, ...parts }) => {
  const signed = {
    ...parts,
    headers: { ...parts.headers, host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z' },
  };
  const scope = { day: '20130524', region: 'us-east-1', service: 's3' };
  expect(signatureOf(signed, scope, '20130524T000000Z', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toBe(
    signature,
  );
});

test('parameters are ordered by name before value', () => {
  const sign = (query: readonly (readonly [string, string])[]) =>
    signatureOf(
      { method: 'GET', path: '/', query, headers: { host: 'a' }, payloadHash: EMPTY },
      { day: '20130524', region: 'us-east-1', service: 's3' },
      '20130524T000000Z',
      'secret',
    );
  expect(
    sign([
      ['a-b', '1'],
      ['a', '2'],
    ]),
  ).toBe(
    sign([
      ['a', '2'],
      ['a-b', '1'],
    ]),
  );
});
