import { setTimeout as sleep } from 'node:timers/promises';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { Client, Connection } from '@temporalio/client';
import { type Measured, processorSeconds, seconds, timed } from '../figures/measure.ts';
import { postgresSeconds } from '../figures/postgres-seconds.ts';

const WATCHED_MS = 60_000;

/**
 * What an installation with many connected companies costs while nobody does anything: the sweeper, and Temporal's schedules for hourly
 * checks. Without a worker, the checks themselves are not counted.
 */
export async function manyCompanies(scale: number, print: (line: string) => void): Promise<Measured> {
  const count = Math.round(10_000 * scale);
  const system = await startSystem(AS_SHIPPED, { simulator: {}, env: { LEDGERPOST_DRIFT_EVERY_MINUTES: '60' } });
  const connection = await Connection.connect({ address: system.temporalAddress });
  try {
    const api = await system.startApi();
    await connectedCompanies(system, count);
    const client = new Client({ connection });
    const kept = await timed(() => untilKept(client, count));
    print(`  Temporal has ${count.toLocaleString('en')} schedules after ${seconds(kept)}`);
    const parts = {
      API: () => processorSeconds(api.pid),
      Postgres: () => postgresSeconds(system),
      Temporal: () => processorSeconds(system.temporalPid()!),
    };
    const before = Object.values(parts).map((used) => used());
    await sleep(WATCHED_MS);
    const shares = Object.entries(parts).map(([name, used], i) => [name, (used() - before[i]!) / (WATCHED_MS / 1_000)] as const);
    const all = shares.reduce((sum, [, share]) => sum + share, 0);
    return {
      what: `${count.toLocaleString('en')} connected companies with hourly checks: the sweeper and Temporal’s schedules, share of one core`,
      against: 'one core',
      ratio: all,
      atMost: 0.1,
      figures: [
        shares.map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`).join(', '),
        `${seconds(kept)} until Temporal had the schedules`,
      ],
    };
  } finally {
    await connection.close();
    await system.stop();
  }
}

async function connectedCompanies({ sql }: System, count: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(
      `create temporary table made on commit drop as
      select 'many-' || n as id, gen_random_uuid() as connection from generate_series(1, ${count}) n`,
    );
    await tx`insert into companies (id, name, time_zone, currency) select id, id, 'America/Los_Angeles', 'USD' from made`;
    await tx`
      insert into company_targets (company_id, target, delivery, settings, connection_id)
      select id, 'qbo', 'push', '{}', connection from made`;
    await tx`
      insert into connections (id, company_id, target, state, account, environment, connected_by, renewed_at)
      select connection, id, 'qbo', 'connected', id, 'sandbox', 'bench', now() from made`;
  });
}

async function untilKept(client: Client, count: number): Promise<void> {
  for (;;) {
    let kept = 0;
    for await (const _ of client.schedule.list({ pageSize: 1_000 })) kept += 1;
    if (kept >= count) return;
    await sleep(2_000);
  }
}
