import type { AuditLog, AuditLogOrder, AuditLogStorage } from '../ports/audit-log.ts';

/** The audit log of its two halves. An entry is stored before its place is recorded, so what has a place is kept. */
export function auditLogOf(order: AuditLogOrder, storage: AuditLogStorage): AuditLog {
  return {
    head: () => order.head(),
    advance: (entry) => order.advance(entry),
    placeOf: (said) => order.placeOf(said),
    async keep(entry) {
      await storage.put(entry);
      await order.mark(entry);
    },
  };
}
