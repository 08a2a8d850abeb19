import type { Sql, Store } from './open-store.ts';

/**
 * Runs a transaction that someone waits for, on one state of the database. A statement that runs longer than
 * `statementMs` is canceled, and so is the running statement when `signal` is aborted.
 * @throws the signal's reason once it is aborted; Postgres' error 57014 for a statement that ran too long
 */
export async function beginCancelable<T>(
  store: Store,
  { statementMs, signal }: { readonly statementMs: number; readonly signal?: AbortSignal | undefined },
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const begun = store.sql.begin('isolation level repeatable read', async (sql) => {
    const [session] = await sql<[{ pid: number }]>`
      select pg_backend_pid() as pid, set_config('statement_timeout', ${String(statementMs)}, true)`;
    let canceling: Promise<unknown> | undefined;
    const cancel = () => {
      // By another connection: this one is busy with the statement that is to end.
      canceling = store.sql`select pg_cancel_backend(${session.pid})`.catch(() => {});
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      signal?.throwIfAborted();
      return await work(sql);
    } finally {
      signal?.removeEventListener('abort', cancel);
      // The connection must not serve anyone else before its cancel has arrived.
      await canceling;
    }
  });
  return (begun as Promise<T>).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}
