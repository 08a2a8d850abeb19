import type { ExportedItem, FileSink, RenderOrder } from '@ledgerpost/core';
import type { PlaintextPayload } from './payload.ts';
import type { PlaintextSettings } from './settings.ts';
import { text, writeEntry } from './write-entry.ts';

/** How much text is gathered before the sink gets it. */
const PIECE = 64 * 1024;
/** A day before any entry. hledger reads these lines as entries without postings, which have no effect. */
const OPENED = '1900-01-01';

/** Writes one journal: the entries of the batch, then the accounts that they use. Holds the names of the accounts, and no entries. */
export async function renderJournal(
  items: AsyncIterable<ExportedItem<PlaintextPayload>>,
  out: FileSink,
  { batch, currency, settings }: RenderOrder<PlaintextSettings>,
): Promise<void> {
  const file = out.open({ name: `${batch.name}.journal`, mediaType: 'text/plain; charset=utf-8', download: true });
  const accounts = new Map<string, string>();
  const count = { rows: 0, documents: 0 };
  let gathered = `; ${text(batch.name)} (batch ${batch.id}), in ${currency}\n; For hledger, ledger and beancount alike.\n\n`;
  for await (const { payload } of items) {
    gathered += writeEntry(payload);
    count.documents += 1;
    count.rows += payload.postings.length;
    for (const { account, name } of payload.postings) accounts.set(account, name);
    if (gathered.length < PIECE) continue;
    await file.write(Buffer.from(gathered));
    gathered = '';
  }
  if (settings.openAccounts) gathered += opened(accounts);
  await file.write(Buffer.from(gathered));
  await file.close(count);
}

function opened(accounts: ReadonlyMap<string, string>): string {
  return [...accounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, name]) => `${OPENED} open ${account.padEnd(46)}  ; ${text(name)}\n`)
    .join('');
}
