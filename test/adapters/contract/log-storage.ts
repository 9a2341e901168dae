import type { AuditLogStorage } from '../../../shared/ports/audit-log.ts';
import { entryOf, freshEvent } from './subjects.ts';

/** What everything that stores entries of the audit log must do. */
export function describeLogStorage(name: string, make: () => Promise<AuditLogStorage>): void {
  describe(name, () => {
    let storage: AuditLogStorage;
    beforeAll(async () => {
      storage = await make();
    }, 60_000);

    test('the same entry is stored again without a word', async () => {
      const entry = entryOf(undefined, freshEvent());
      await storage.put(entry);
      await expect(storage.put(entry)).resolves.toBeUndefined();
    });

    test('no other entry is stored in its place', async () => {
      const entry = { ...entryOf(undefined, freshEvent()), n: 2 };
      await storage.put(entry);
      await expect(storage.put({ ...entry, said: freshEvent() })).rejects.toThrow('2');
      await expect(storage.put(entry)).resolves.toBeUndefined();
    });
  });
}
