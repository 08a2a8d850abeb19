import type { ExportedItem, FileSink, FileWriter, Operation, RenderOrder } from '@ledgerpost/core';
import type { RowsPayload } from './fields.ts';
import { PROFILES, type Sheet } from './profiles.ts';
import type { SaasantSettings } from './settings.ts';
import { BOUNDS, openXlsx, type XlsxBounds, type XlsxFile } from './xlsx-file.ts';
import { openZip, type ZipFile } from './zip-file.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface FileKind {
  readonly name: string;
  readonly sheet: Sheet;
  readonly tab: string;
  readonly operations: readonly Operation[];
}

/** In the order in which a person loads them, which is the order of the stages. */
export const FILES: readonly FileKind[] = [
  { name: '1 Invoice Inserts', sheet: 'invoices', tab: 'Invoices', operations: ['invoice.insert'] },
  { name: '2 Invoice Updates', sheet: 'invoices', tab: 'Invoices', operations: ['invoice.update'] },
  { name: '3 Payment Inserts', sheet: 'payments', tab: 'Received Payments', operations: ['payment.insert'] },
  { name: '4 Payment Updates', sheet: 'payments', tab: 'Received Payments', operations: ['payment.update'] },
  { name: '5 Journal Inserts', sheet: 'journals', tab: 'Journal Entries', operations: ['journal.insert'] },
  { name: '6 Credit Memos', sheet: 'creditMemos', tab: 'Credit Memos', operations: ['creditMemo.insert'] },
  { name: '7 Warnings', sheet: 'warnings', tab: 'Warnings', operations: ['warning.list'] },
];

/** The journals of card fees, loaded after their payments. Only batches with fees have it. */
export const FEES: FileKind = { name: '8 Card Fees', sheet: 'journals', tab: 'Journal Entries', operations: [] };

/**
 * Writes the seven files, each to the sink as a file of its own and into the one zip for download. A file without rows is included
 * with its headers or left out, as the settings want. Holds one finished file (up to 10 MB) in memory at a time.
 */
export async function renderFiles(
  items: AsyncIterable<ExportedItem<RowsPayload>>,
  out: FileSink,
  order: RenderOrder<SaasantSettings>,
  bounds: XlsxBounds = BOUNDS,
): Promise<void> {
  const archive = out.open({ name: `${order.batch.name}.zip`, mediaType: 'application/zip', download: true });
  const zip = openZip(archive);
  const total = { rows: 0, documents: 0 };
  const source = items[Symbol.asyncIterator]();
  const fees = partsOf(FEES, out, zip, { ...order.settings, emptyFiles: 'omit' }, bounds);
  try {
    let next = await source.next();
    for (const kind of FILES) {
      const parts = partsOf(kind, out, zip, order.settings, bounds);
      while (!next.done && kind.operations.includes(next.value.operation)) {
        const waits = parts.take(next.value.payload);
        if (waits !== undefined) await waits;
        total.documents += 1;
        total.rows += next.value.payload.rows.length;
        const { fee } = next.value.payload;
        if (fee !== undefined) {
          await fees.take(fee);
          total.rows += fee.rows.length;
        }
        next = await source.next();
      }
      await parts.close();
    }
    if (!next.done) throw new Error(`Item ${next.value.seq} (${next.value.operation}) comes after its stage, or has no stage.`);
    await fees.close();
    await zip.close(total);
  } finally {
    await source.return?.();
  }
}

/** The files of one kind: the first one, even without rows unless those are left out, and more where a file is full. A document is never split. */
function partsOf(kind: FileKind, out: FileSink, zip: ZipFile, settings: SaasantSettings, bounds: XlsxBounds) {
  const columns = PROFILES[settings.profile].columns[kind.sheet];
  const headers = columns.map((column) => (settings.headers === 'template' ? (column.template ?? column.header) : column.header));
  let part = 0;
  let name = '';
  let current: XlsxFile | undefined;

  function openFile(): FileWriter {
    part += 1;
    name = part === 1 ? `${kind.name}.xlsx` : `${kind.name} (${part}).xlsx`;
    return out.open({ name, mediaType: XLSX, download: false });
  }
  function open(): XlsxFile {
    return openXlsx(openFile(), kind.tab, headers, columns, bounds);
  }
  async function closeEmpty(): Promise<Buffer> {
    const bytes = await headersAlone(kind.tab, headers);
    const file = openFile();
    await file.write(bytes);
    await file.close({ rows: 0, documents: 0 });
    return bytes;
  }
  async function close(): Promise<void> {
    if (current === undefined && settings.emptyFiles === 'omit') return;
    const bytes = current === undefined ? await closeEmpty() : await current.close();
    await zip.add(name, bytes);
  }
  async function takeLater(taken: Promise<boolean>, payload: RowsPayload): Promise<void> {
    if (await taken) return;
    await close();
    current = open();
    await current.take(payload);
  }
  return {
    /** Undefined: it was written at once, as most are; promises for each of a large batch take time. */
    take(payload: RowsPayload): Promise<void> | undefined {
      current ??= open();
      const taken = current.take(payload);
      return taken === true ? undefined : takeLater(taken, payload);
    },
    close,
  };
}

const empty = new Map<string, Promise<Buffer>>();

/** A file without rows, made once: most files of a usual batch have none, and each costs as much to make as the others. */
function headersAlone(tab: string, headers: readonly string[]): Promise<Buffer> {
  const key = JSON.stringify([tab, headers]);
  const known = empty.get(key);
  if (known !== undefined) return known;
  const made = openXlsx({ write: async () => {}, close: async () => {} }, tab, headers, []).close();
  empty.set(key, made);
  made.catch(() => empty.delete(key));
  return made;
}
