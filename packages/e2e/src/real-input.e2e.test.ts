import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { readWithOpenpyxl } from '@ledgerpost/saasant-plugin/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type System, startSystem, untilState } from './system.ts';

/*
 * Somebody's real records, as NDJSON, in one currency (LEDGERPOST_REAL_CURRENCY; default GBP). Real data is not kept
 * in this repository, so without LEDGERPOST_REAL_RECORDS this test has nothing to run on.
 */
const FILE = process.env.LEDGERPOST_REAL_RECORDS;
const CURRENCY = process.env.LEDGERPOST_REAL_CURRENCY ?? 'GBP';
if (FILE === undefined) console.log('Not run: set LEDGERPOST_REAL_RECORDS to an NDJSON file of real records.');

describe.skipIf(FILE === undefined)('real records go from import to undo (needs LEDGERPOST_REAL_RECORDS, a file of them)', () => {
  let system: System;
  let preview: Preview;
  let batchId: string;
  const co = '/v1/companies/shop';

  beforeAll(async () => {
    system = await startSystem();
    await system.startApi();
    await system.startWorker();
  });
  afterAll(() => system?.stop());

  it('every line is accepted, or refused with its number and reason', async () => {
    await system.call('PUT', co, { name: 'A shop', timeZone: 'Europe/London', currency: CURRENCY });
    await system.call('PUT', `${co}/targets/saasant`, { accounts: { income: 'Sales' } });
    const answer = await fetch(`${system.api}${co}/records`, {
      method: 'POST',
      headers: { authorization: system.authorization, 'content-type': 'application/x-ndjson' },
      body: Readable.toWeb(createReadStream(FILE!)) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    const intake = (await answer.json()) as { lines: number; taken: number; unchanged: number; refused: number };
    console.log('import', JSON.stringify(intake).slice(0, 300));
    expect(answer.status).toBe(200);
    expect(intake.taken + intake.unchanged + intake.refused).toBe(intake.lines);
  });

  it('the preview shows what would be sent and what stops the others', async () => {
    const { status, body } = await system.call<Preview>('POST', `${co}/targets/saasant/batches:preview`, {});
    preview = body;
    console.log(
      'preview',
      JSON.stringify({ totals: body.totals, problemCounts: body.problemCounts, notSelected: body.notSelected }).slice(0, 1500),
    );
    expect(status).toBe(200);
  });

  it('the batch does what the preview showed', async () => {
    const { body } = await system.call<{ batch: { id: string } }>('POST', `${co}/targets/saasant/batches`, {
      digest: preview.digest,
    });
    batchId = body.batch.id;
    await untilState(system, 'shop', batchId, ['posted', 'posted-in-part', 'nothing-posted', 'failed', 'stopped']);
    const batch = (await system.call<{ state: string; totals: Preview['totals'] }>('GET', `${co}/batches/${batchId}`)).body;
    expect(batch.totals.operations).toEqual(preview.totals.operations);
  });

  it('the files’ totals, read back with openpyxl, equal the batch’s to the penny', async () => {
    const answer = await fetch(`${system.api}${co}/batches/${batchId}/download`, {
      headers: { authorization: system.authorization },
    });
    const sheets = await readWithOpenpyxl(new Uint8Array(await answer.arrayBuffer()));
    for (const [operation, files] of Object.entries({
      'invoice.insert': '1 Invoice Inserts',
      'creditMemo.insert': '6 Credit Memos',
    })) {
      let minor = 0;
      const numbers = new Set<unknown>();
      for (const [name, sheet] of sheets) {
        if (!name.startsWith(files)) continue;
        const [headers = [], ...rows] = sheet.rows;
        for (const row of rows) {
          minor += Math.round(Number(row[headers.indexOf('Product/Service Amount')]) * 100);
          numbers.add(row[0]);
        }
      }
      const expected = preview.totals.operations[operation] ?? { documents: 0, amount: 0 };
      console.log(files, { documents: numbers.size, minor });
      expect({ documents: numbers.size, amount: minor }).toEqual(expected);
    }
  });

  it('the undo releases everything, and lists each document for a person to delete', async () => {
    await system.call('POST', `${co}/batches/${batchId}/undo`);
    await untilState(system, 'shop', batchId, ['undone', 'undone-in-part']);
    const again = (await system.call<Preview>('POST', `${co}/targets/saasant/batches:preview`, {})).body;
    expect(again.totals.operations).toEqual(preview.totals.operations);
    const { body } = await system.call<{ documents: { todo: string | null }[] }>('GET', `${co}/batches/${batchId}/undo?limit=5`);
    console.log('undo', JSON.stringify(body).slice(0, 600));
    expect(body.documents.every((document) => document.todo !== null)).toBe(true);
  });
});

interface Preview {
  readonly totals: { readonly operations: Record<string, { documents: number; amount: number }> };
  readonly problemCounts: Record<string, number>;
  readonly notSelected: unknown;
  readonly digest: string;
}
