import type postgres from 'postgres';

/**
 * The steps of a batch at which a gate can be closed, with a write that each step needs. A small batch writes its files in the very
 * transaction that seals them.
 */
const GATES = {
  claim: ['batch_items', 'insert'],
  freeze: ['batch_documents', 'insert'],
  validate: ['batches', 'update'],
  export: ['batches', 'update'],
  files: ['batch_file_chunks', 'insert'],
  push: ['postings', 'insert'],
  record: ['batches', 'update'],
  undo: ['batch_items', 'update'],
} as const;
export type Gate = keyof typeof GATES;
export const STEPS = Object.keys(GATES) as Gate[];

/**
 * Puts gates into the database: triggers that make the first write of a step wait on a lock for one batch of one company.
 * So a test can stop a step halfway, without a hook in the program and without depending on timing.
 */
export async function buildGates(sql: postgres.Sql): Promise<void> {
  await sql`create table if not exists gates (company_id text, step text, lock_key bigint)`;
  await sql.unsafe(`
    create or replace function wait_at_gate() returns trigger language plpgsql as $$
    declare key bigint;
    begin
      -- One by one: not every table has a state to look at.
      if tg_argv[0] in ('validate', 'export', 'record') then
        if new.state = old.state
          or new.state <> (case tg_argv[0] when 'validate' then 'validating' when 'export' then 'exporting' else 'recording' end)
        then return new; end if;
      elsif tg_argv[0] = 'undo' then
        if new.state <> 'undone' or old.state = 'undone' then return new; end if;
      end if;
      select g.lock_key into key from gates g join batches b on b.company_id = g.company_id
        where g.step = tg_argv[0] and b.id = (to_jsonb(new)->>case when tg_table_name = 'batches' then 'id' else 'batch_id' end)::uuid;
      if key is not null then perform pg_advisory_xact_lock_shared(key); end if;
      return new;
    end $$`);
  for (const [step, [table, act]] of Object.entries(GATES)) {
    await sql.unsafe(
      `create or replace trigger gate_${step} before ${act} on ${table} for each row execute function wait_at_gate('${step}')`,
    );
  }
}

/** Closes a gate for one company: a write there waits until the gate is opened, or its connection ends. */
export async function shutGate(sql: postgres.Sql, company: string, step: Gate) {
  const key = [...`${company}/${step}`].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 2 ** 40, 7);
  const keeper = await sql.reserve();
  await keeper`select pg_advisory_lock(${key}::bigint)`;
  await keeper`insert into gates values (${company}, ${step}, ${key})`;
  return {
    /** Waits until a step waits at the gate. */
    async reached(): Promise<void> {
      for (let tries = 0; tries < 3_000; tries++) {
        const [waiting] =
          await sql`select 1 from pg_locks where locktype = 'advisory' and not granted and ((classid::bigint << 32) | objid::bigint) = ${key}::bigint limit 1`;
        if (waiting !== undefined) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No step reached the gate ${step} of ${company}.`);
    },
    async open(): Promise<void> {
      await keeper`delete from gates where company_id = ${company} and step = ${step}`;
      await keeper`select pg_advisory_unlock(${key}::bigint)`;
      keeper.release();
    },
  };
}
