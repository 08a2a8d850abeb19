import { setTimeout as sleep } from 'node:timers/promises';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, processorSeconds } from '../figures/measure.ts';
import { postgresSeconds } from '../figures/postgres-seconds.ts';

const WATCHED_MS = 60_000;
/** Two sweeps. */
const SETTLED_MS = 20_000;

/**
 * What an installation with many connected companies costs while nobody does anything: the sweeper, which finds whose hourly check is
 * due, and the start of each check in Temporal. Without a worker, the checks themselves are not counted.
 */
export async function manyCompanies(scale: number, print: (line: string) => void): Promise<Measured> {
  const count = Math.round(10_000 * scale);
  const system = await startSystem(AS_SHIPPED, { simulator: {}, env: { LEDGERPOST_DRIFT_EVERY_MINUTES: '60' } });
  try {
    const api = await system.startApi();
    await connectedCompanies(system, count);
    // The first checks are due with the next sweep.
    await sleep(SETTLED_MS);
    const parts = {
      API: () => processorSeconds(api.pid),
      Postgres: () => postgresSeconds(system),
      Temporal: () => processorSeconds(system.temporalPid()!),
    };
    const before = Object.values(parts).map((used) => used());
    const startedBefore = await started(system);
    await sleep(WATCHED_MS);
    const checks = (await started(system)) - startedBefore;
    print(`  ${checks} checks were started in a minute`);
    const shares = Object.entries(parts).map(([name, used], i) => [name, (used() - before[i]!) / (WATCHED_MS / 1_000)] as const);
    const all = shares.reduce((sum, [, share]) => sum + share, 0);
    return {
      what: `${count.toLocaleString('en')} connected companies with hourly checks: the sweeper and the start of each check, share of one core`,
      against: 'one core',
      ratio: all,
      atMost: 0.1,
      figures: [
        shares.map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`).join(', '),
        `${checks} checks started in a minute`,
      ],
    };
  } finally {
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

/** Checks that Temporal has. */
async function started({ sql }: System): Promise<number> {
  const [{ count }] = await sql<
    [{ count: number }]
  >`select count(*)::int as count from drift_looks where handed_over_at is not null`;
  return count;
}
