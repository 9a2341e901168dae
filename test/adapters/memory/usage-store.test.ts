import { memoryUsage } from '../../../shared/adapters/memory/usage-store.ts';
import { describeUsageStore } from '../contract/usage-store.ts';

describeUsageStore('usage in memory', async () => memoryUsage());
