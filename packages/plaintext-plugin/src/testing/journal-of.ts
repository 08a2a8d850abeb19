import { type Document, type FileSink, stops } from '@ledgerpost/core';
import { plaintext } from '../plaintext.ts';
import { renderJournal } from '../render.ts';

/** The journal of a batch of these documents, in the order of the stages. Throws if one of them can't be sent. */
export async function journalOf(documents: readonly Document[], given: object = {}): Promise<string> {
  const settings = plaintext.settings.parse(given);
  let journal = '';
  const out: FileSink = {
    open: () => ({
      write: async (bytes) => {
        journal += Buffer.from(bytes).toString();
      },
      close: async () => {},
    }),
  };
  async function* items() {
    let seq = 0;
    for (const { operations } of plaintext.stages) {
      for (const document of documents.filter(({ operation }) => operations.includes(operation))) {
        const problems = plaintext.validate(document, settings.chart, settings);
        if (stops(problems)) throw new Error(problems[0]!.message);
        seq += 1;
        const payload = JSON.parse(JSON.stringify(plaintext.export(document, settings.chart, settings)));
        yield { seq, record: document.record, operation: document.operation, key: `k-${seq}`, payload };
      }
    }
  }
  const order = {
    batch: { id: 'b-1', name: 'acme-plaintext-2026-10-03-1' },
    currency: documents[0]?.currency ?? 'USD',
    settings,
  };
  await renderJournal(items(), out, order);
  return journal;
}
