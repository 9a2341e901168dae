import type { Clock, QueuedMessage, ReceivedMessage, SandboxQueue, WorldQueue } from '../aws.ts';
import { newUuid, type Randomness } from '../identifiers.ts';

type Message = {
  readonly id: string;
  readonly body: string;
  /** Milliseconds since 1970, as everywhere here. */
  readonly sentAt: number;
  /** The queue that it came from, where it is a dead letter. */
  readonly cameFrom?: string;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** The handle of the last receipt; older ones have lost their hold on the message. */
  readonly receiptHandle?: string;
};

/** What a receipt handle is good for. */
export type HandleState = 'unknown' | 'deleted' | 'visible' | 'in-flight';

/** How many messages of a queue can be seen, are hidden by a receipt, or wait for their delay. */
export type Counts = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

/**
 * A standard queue, by the sandbox's clock. It happens to keep the order, gives no message twice unasked, and finds
 * every message at once, none of which SQS promises.
 */
export class Queue implements SandboxQueue {
  readonly arn: string;
  readonly of: WorldQueue;
  readonly #clock: Clock;
  readonly #random: Randomness;
  readonly #deadLetters: (arn: string) => Queue | undefined;
  readonly #handles = new Map<string, string>();
  #messages: readonly Message[] = [];

  /** `deadLetters` finds the queue for what was received too often. */
  constructor(
    of: WorldQueue,
    parts: {
      readonly clock: Clock;
      readonly random: Randomness;
      readonly deadLetters: (arn: string) => Queue | undefined;
    },
  ) {
    this.arn = of.arn;
    this.of = of;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#deadLetters = parts.deadLetters;
  }

  /** The new message's id. */
  send(body: string, delaySeconds = this.of.delaySeconds): string {
    const now = this.#clock();
    const id = newUuid(this.#random);
    this.#add({ id, body, sentAt: now, visibleAt: now + delaySeconds * 1000, receiveCount: 0 });
    return id;
  }

  receive(most: number, visibilitySeconds = this.of.visibilitySeconds): readonly ReceivedMessage[] {
    this.#buryWornOut();
    const now = this.#clock();
    const found = this.#messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, Math.min(most, 10));
    return found.map((message) => this.#handOut(message, now + visibilitySeconds * 1000));
  }

  delete(receiptHandle: string): void {
    const message = this.#heldBy(receiptHandle);
    if (message !== undefined) this.#messages = this.#messages.filter((it) => it !== message);
  }

  /** Hides a message that was received for so long from now; at zero it can be seen at once. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#heldBy(receiptHandle);
    if (message !== undefined) this.#replace(message, { visibleAt: this.#clock() + seconds * 1000 });
  }

  stateOf(receiptHandle: string): HandleState {
    if (!this.#handles.has(receiptHandle)) return 'unknown';
    const message = this.#heldBy(receiptHandle);
    if (message === undefined) return 'deleted';
    return message.visibleAt > this.#clock() ? 'in-flight' : 'visible';
  }

  messages(): readonly QueuedMessage[] {
    return this.#messages.map(({ id, body, receiveCount, visibleAt }) => ({
      messageId: id,
      body,
      receiveCount,
      visibleAt,
    }));
  }

  counts(): Counts {
    const now = this.#clock();
    const hidden = this.#messages.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0).length;
    return {
      visible: this.#messages.length - hidden.length,
      inFlight,
      delayed: hidden.length - inFlight,
    };
  }

  /** Empties the queue of what can be seen, as a redrive does: each body, and the queue that it came from. */
  drain(): readonly { readonly body: string; readonly cameFrom?: string }[] {
    const now = this.#clock();
    const taken = this.#messages.filter(({ visibleAt }) => visibleAt <= now);
    this.#messages = this.#messages.filter(({ visibleAt }) => visibleAt > now);
    return taken;
  }

  #add(message: Message): void {
    this.#messages = [...this.#messages, message];
  }

  /** SQS Developer Guide, "Using dead-letter queues": moved when it would be received more than maxReceiveCount times. */
  #buryWornOut(): void {
    const { redrive } = this.of;
    const grave = redrive && this.#deadLetters(redrive.deadLetterArn);
    if (redrive === undefined || grave === undefined) return;
    const now = this.#clock();
    const wornOut = this.#messages.filter(
      ({ visibleAt, receiveCount }) => visibleAt <= now && receiveCount >= redrive.maxReceiveCount,
    );
    this.#messages = this.#messages.filter((it) => !wornOut.includes(it));
    for (const message of wornOut) grave.#add({ ...message, cameFrom: this.arn });
  }

  #handOut(message: Message, visibleAt: number): ReceivedMessage {
    const receiptHandle = this.#random(48).toString('base64');
    this.#handles.set(receiptHandle, message.id);
    const firstReceivedAt = message.firstReceivedAt ?? this.#clock();
    const receiveCount = message.receiveCount + 1;
    this.#replace(message, { visibleAt, receiptHandle, firstReceivedAt, receiveCount });
    return {
      messageId: message.id,
      receiptHandle,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
        SentTimestamp: String(message.sentAt),
        ...(message.cameFrom === undefined ? {} : { DeadLetterQueueSourceArn: message.cameFrom }),
      },
    };
  }

  #heldBy(receiptHandle: string): Message | undefined {
    return this.#messages.find((it) => it.receiptHandle === receiptHandle);
  }

  #replace(message: Message, changes: Partial<Message>): void {
    this.#messages = this.#messages.map((it) => (it === message ? { ...message, ...changes } : it));
  }
}

/** The queues of the world by their ARNs. */
export function createQueues(
  queues: readonly WorldQueue[],
  parts: { readonly clock: Clock; readonly random: Randomness },
): ReadonlyMap<string, Queue> {
  const byArn = new Map<string, Queue>();
  const deadLetters = (arn: string) => byArn.get(arn);
  for (const queue of queues) byArn.set(queue.arn, new Queue(queue, { ...parts, deadLetters }));
  return byArn;
}
