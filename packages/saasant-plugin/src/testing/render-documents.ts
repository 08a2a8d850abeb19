import type { Document, ExportedItem, FileSink } from '@ledgerpost/core';
import { FILES, renderFiles } from '../render.ts';
import { saasant } from '../saasant.ts';
import type { SaasantSettings } from '../settings.ts';
import type { XlsxBounds } from '../xlsx-file.ts';

export interface WrittenFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly download: boolean;
  readonly rows: number;
  readonly documents: number;
}

/** The files of a batch of these documents, in the order in which they were opened: the zip first. */
export async function renderDocuments(
  documents: readonly Document[],
  given: Partial<SaasantSettings> = {},
  bounds?: XlsxBounds,
  beforeTaken: () => Promise<void> = async () => {},
): Promise<readonly WrittenFile[]> {
  const settings = saasant.settings.parse(given);
  const files: WrittenFile[] = [];
  const sink: FileSink = {
    open({ name, download }) {
      const at = files.length;
      files.push({ name, download, bytes: Buffer.alloc(0), rows: -1, documents: -1 });
      const chunks: Uint8Array[] = [];
      return {
        write: async (bytes) => {
          await beforeTaken();
          chunks.push(Uint8Array.from(bytes));
        },
        close: async (facts) => {
          files[at] = { name, download, bytes: Buffer.concat(chunks), ...facts };
        },
      };
    },
  };
  await renderFiles(
    itemsOf(documents, settings),
    sink,
    { batch: { id: 'b-1', name: 'demo-1' }, currency: 'USD', settings },
    bounds,
  );
  return files;
}

async function* itemsOf(documents: readonly Document[], settings: SaasantSettings): AsyncGenerator<ExportedItem<never>> {
  let seq = 0;
  for (const { operations } of FILES) {
    for (const document of documents.filter((one) => operations.includes(one.operation))) {
      seq += 1;
      // Through JSON, as a stored payload comes back.
      const payload = JSON.parse(JSON.stringify(saasant.export(document, undefined, settings))) as never;
      yield { seq, record: document.record, operation: document.operation, key: `k-${seq}`, payload };
    }
  }
}
