import { memoryRate } from '../../../shared/adapters/memory/memory-rate.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { describeElevationStore } from '../contract/elevation-store.ts';
import { describeRequestRate } from '../contract/request-rate.ts';

describeElevationStore('the store in memory', async () => memoryStore());
describeRequestRate('the counter in memory', async () => memoryRate());
