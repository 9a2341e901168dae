import { dynamoDbAnnouncements } from '../shared/adapters/dynamodb/announcements.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { sqsAnnounceQueue } from '../shared/adapters/sqs/announce-queue.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { sweep } from '../shared/app/sweep.ts';
import { sweepConfig } from '../shared/config.ts';

const { table: name, queue: url } = sweepConfig(process.env);
const log = jsonLog(clock);
const announcements = dynamoDbAnnouncements({ client: dynamoDbClient(), name });
const queue = sqsAnnounceQueue(url);

/** Every minute: hands over what the clock alone brings, such as reminders and lapses. It sees keys and times alone. */
export const handler = async (): Promise<void> => {
  const handed = await sweep({ announcements, queue, clock });
  if (handed > 0) log('info', 'swept', { handed });
};
