import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How STS answers one call: with XML of the query protocol, by hanging up, or never. */
export type Answer = { readonly status: number; readonly body: string } | 'hangs up' | 'never answers';

/** An answer, or how to find it by what was asked. */
export type Answering = Answer | ((call: Call) => Answer);

/** A call as it arrived: the form's fields, and the Region that its signature names. */
export type Call = { readonly fields: Readonly<Record<string, string>>; readonly authorization: string };

/** An STS on loopback that answers what a test gives it, in turn; the last answer repeats. */
export type StsEndpoint = {
  readonly url: string;
  readonly calls: readonly Call[];
  readonly answer: (...answers: readonly Answering[]) => void;
  readonly stop: () => void;
};

/** Starts the endpoint. */
export async function startSts(): Promise<StsEndpoint> {
  const calls: Call[] = [];
  let answers: Answering[] = [];
  const server = createServer(async (request, response) => {
    const fields = Object.fromEntries(new URLSearchParams(await textOf(request)));
    const call = { fields, authorization: request.headers.authorization ?? '' };
    calls.push(call);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    const answer = typeof next === 'function' ? next(call) : next;
    if (answer === 'never answers') return;
    if (answer === undefined || answer === 'hangs up') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'text/xml' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (...next) => {
      answers = [...next];
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** An error of the query protocol. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${message}</Message></Error>
  <RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId>
</ErrorResponse>`;
  return { status, body };
}

/** What a successful answer names. */
export type Issued = {
  readonly accessKeyId: string;
  readonly sourceIdentity: string;
  readonly assumedRoleId: string;
  readonly arn: string;
  readonly secret: string;
  readonly expiration: string;
};

/** The answer to AssumeRole (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). */
export function issuedAnswer({
  accessKeyId,
  sourceIdentity,
  assumedRoleId,
  arn,
  secret,
  expiration,
}: Issued): Answer {
  const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <SourceIdentity>${sourceIdentity}</SourceIdentity>
    <AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>${assumedRoleId}</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId>
      <SecretAccessKey>${secret}</SecretAccessKey>
      <SessionToken>token-of-the-session</SessionToken>
      <Expiration>${expiration}</Expiration>
    </Credentials>
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
</AssumeRoleResponse>`;
  return { status: 200, body };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
