import { customers, invoices } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, percentile, timed } from '../figures/measure.ts';

const OPEN = 1_000;

/** The unbatched list with 1,000 open records, with few and with very many posted ones behind it. */
export async function unbatchedList(scale: number, print: (line: string) => void): Promise<Measured> {
  const [few, many] = [Math.round(10_000 * scale), Math.round(1_000_000 * scale)];
  const system = await startSystem(AS_SHIPPED);
  try {
    await system.startApi();
    for (const [company, posted] of [
      ['few', few],
      ['many', many],
    ] as const) {
      await system.call('PUT', `/v1/companies/${company}`, { name: company, timeZone: 'America/Los_Angeles', currency: 'USD' });
      await system.call('PUT', `/v1/companies/${company}/targets/saasant`, { accounts: { income: 'Services' } });
      await stream(system, company, customers(200));
      await makePosted(system.sql, company, posted);
      await stream(system, company, invoices(OPEN, 200));
      print(`  ${company}: ${posted.toLocaleString('en')} posted, ${OPEN.toLocaleString('en')} open`);
    }
    await system.sql`vacuum analyze`;
    const times = { few: [] as number[], many: [] as number[] };
    // In turns, so that other load on the machine affects both.
    for (let n = 0; n < 420; n++) {
      for (const company of ['few', 'many'] as const) {
        const ms = await timed(async () => {
          const { status } = await system.call('GET', `/v1/companies/${company}/targets/saasant/unbatched/invoices?limit=50`);
          if (status !== 200) throw new Error(`The list answered ${status}.`);
        });
        if (n >= 20) times[company].push(ms);
      }
    }
    const p99 = { few: percentile(times.few, 0.99), many: percentile(times.many, 0.99) };
    const mid = { few: percentile(times.few, 0.5), many: percentile(times.many, 0.5) };
    return {
      what: `the unbatched list, ${OPEN.toLocaleString('en')} open, ${many.toLocaleString('en')} posted: p99`,
      against: `with ${few.toLocaleString('en')} posted`,
      ratio: p99.many / p99.few,
      atMost: 2,
      figures: [
        `p99 ${p99.many.toFixed(1)} ms against ${p99.few.toFixed(1)} ms`,
        `median ${mid.many.toFixed(1)} ms against ${mid.few.toFixed(1)} ms (400 requests each, in turns)`,
      ],
    };
  } finally {
    await system.stop();
  }
}

/** Records that were posted long ago, created in the database directly. */
async function makePosted(sql: Awaited<ReturnType<typeof startSystem>>['sql'], company: string, count: number): Promise<void> {
  const content = {
    type: 'invoice',
    number: '',
    customerId: 'c-1',
    status: 'finalized',
    date: '2025-10-01',
    lines: [],
    total: '300.00',
  };
  await sql`
    insert into records (company_id, type, id, content, record_hash, content_hash, customer_id)
    select ${company}, 'invoice', 'old-' || n, ${JSON.stringify(content)}::text::jsonb || jsonb_build_object('id', 'old-' || n, 'number', 'O' || n), 'h' || n, 'h' || n, 'c-1'
    from generate_series(1, ${count}) n`;
  await sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
    select ${company}, 'saasant', 'invoice', 'old-' || n, true, 'invoice', 'O' || n, 30000,
      jsonb_build_object('kind', 'invoice', 'operation', 'invoice.insert', 'contentHash', 'h' || n, 'number', 'O' || n, 'amount', 30000), 'the past'
    from generate_series(1, ${count}) n`;
}
