import { customers, invoices } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, seconds, timed } from '../figures/measure.ts';

/** Import over the API against Postgres' own COPY of the very rows that it left, into tables with the same indexes. */
export async function importRecords(scale: number, print: (line: string) => void): Promise<Measured> {
  const count = Math.round(100_000 * scale);
  const system = await startSystem(AS_SHIPPED);
  try {
    await system.startApi();
    await system.call('PUT', '/v1/companies/import', { name: 'Import', timeZone: 'America/Los_Angeles', currency: 'USD' });
    await system.call('PUT', '/v1/companies/import/targets/saasant', {});
    await stream(system, 'import', customers(2_000));
    const imported = await timed(() => stream(system, 'import', invoices(count, 2_000)));
    print(`  import of ${count.toLocaleString('en')}: ${seconds(imported)}`);
    const { sql } = system;
    let copied = 0;
    for (const table of ['records', 'open_records']) {
      await sql.unsafe(`create table copy_${table} (like ${table} including all)`);
      const text = await copyOut(sql, table);
      copied += await timed(() => copyIn(sql, `copy_${table}`, text));
    }
    return {
      what: `import of ${count.toLocaleString('en')} invoices over the API (NDJSON)`,
      against: 'COPY of the same rows of records and open_records, with the same indexes',
      ratio: imported / copied,
      atMost: 2,
      figures: [`import ${seconds(imported)}`, `COPY ${seconds(copied)}`],
    };
  } finally {
    await system.stop();
  }
}

type Sql = Awaited<ReturnType<typeof startSystem>>['sql'];

async function copyOut(sql: Sql, table: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await sql.unsafe(`copy (select * from ${table} where type = 'invoice') to stdout`).readable())
    parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function copyIn(sql: Sql, table: string, text: Buffer): Promise<void> {
  const into = await sql.unsafe(`copy ${table} from stdin`).writable();
  await new Promise<void>((resolve, reject) => {
    into.on('error', reject).on('finish', () => resolve());
    into.end(text);
  });
}
