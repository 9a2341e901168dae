import { memoryAnnouncements } from '../../../shared/adapters/memory/memory-announcements.ts';
import { memoryAuditLogOrder, memoryLogStorage } from '../../../shared/adapters/memory/memory-audit-log.ts';
import { memorySeenRequests } from '../../../shared/adapters/memory/memory-seen-requests.ts';
import { memorySlackLinks } from '../../../shared/adapters/memory/memory-slack-links.ts';
import { describeAnnouncements } from '../contract/announcements.ts';
import { describeAuditLogOrder } from '../contract/audit-log-order.ts';
import { describeLogStorage } from '../contract/log-storage.ts';
import { describeSeenRequests } from '../contract/seen-requests.ts';
import { describeSlackLinks } from '../contract/slack-links.ts';

describeAnnouncements('announcements in memory', async () => memoryAnnouncements());
describeAuditLogOrder('the order of the audit log in memory', async () => memoryAuditLogOrder());
describeLogStorage('the entries of the audit log in memory', async () => memoryLogStorage());
describeSlackLinks('links in memory', async () => memorySlackLinks());
describeSeenRequests('requests in memory', async () => memorySeenRequests());
