import { BATCH_STATES, mayMove } from '@ledgerpost/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJournal } from '../access/journal.ts';
import { openTestStore, TARGET, type TestStore } from '../test-store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const batchIn = (state: string, id: string) => test.sql`
  insert into batches (id, company_id, target, name, state, selection, settings, settings_version, connection_id, progress, started_by)
  values (${id}, 'acme', ${TARGET}, ${id}, ${state}, '{}', '{}', 1, gen_random_uuid(), '{}', 'a test')`;

describe('the database', () => {
  it('lets a batch begin only in selecting', async () => {
    for (const state of BATCH_STATES.filter((s) => s !== 'selecting')) {
      await expect(batchIn(state, crypto.randomUUID())).rejects.toMatchObject({ constraint_name: 'batches_legal_move' });
    }
  });

  it('allows the moves of core’s list and no other', async () => {
    const id = crypto.randomUUID();
    await batchIn('selecting', id);
    for (const from of BATCH_STATES) {
      for (const to of BATCH_STATES.filter((s) => s !== from)) {
        await test.sql`alter table batches disable trigger batches_legal_move`;
        await test.sql`update batches set state = ${from} where id = ${id}`;
        await test.sql`alter table batches enable trigger batches_legal_move`;
        const move = test.sql`update batches set state = ${to} where id = ${id}`.then(
          () => true,
          () => false,
        );
        expect([from, to, await move]).toEqual([from, to, mayMove(from, to)]);
      }
    }
    await test.sql`delete from batches`;
  });

  it('lets one batch of a company and target be open at a time', async () => {
    await batchIn('selecting', crypto.randomUUID());
    await expect(batchIn('selecting', crypto.randomUUID())).rejects.toMatchObject({ constraint_name: 'batches_one_open' });
  });

  it.each(['update journal set actor = $$x$$', 'delete from journal', 'truncate journal'])('refuses to %s', async (statement) => {
    await writeJournal(test.sql, { companyId: 'acme', actor: 'a', act: 'b', subject: 'c' });
    await expect(test.sql.unsafe(statement)).rejects.toMatchObject({ constraint_name: 'journal_append_only' });
  });
});
