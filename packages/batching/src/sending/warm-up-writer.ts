import type { AnyTarget, FileSink } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';

const NOWHERE: FileSink = { open: () => ({ write: async () => {}, close: async () => {} }) };

async function* nothing(): AsyncGenerator<never> {}

/** Targets whose writers are warm in this process. */
const warm = new Set<string>();

/**
 * Lets a file target write the files of no document to nowhere, once in a process. What a writer loads with its first file takes some
 * tenths of a second, and is there then when documents come. Whatever fails here fails again where it counts.
 */
export async function warmUpWriter({ id, delivery }: AnyTarget, batch: WorkBatch): Promise<void> {
  if (delivery.by !== 'files' || warm.has(id)) return;
  warm.add(id);
  const order = { batch: { id: batch.id, name: batch.name }, currency: batch.company.currency, settings: batch.settings };
  try {
    await delivery.render(nothing(), NOWHERE, order);
  } catch {
    // The step that writes files finds it again, and says so.
  }
}
