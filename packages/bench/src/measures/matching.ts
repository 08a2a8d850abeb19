import { connectToSimulator } from '@ledgerpost/devstack';
import { customers, invoice, service, withServices } from '@ledgerpost/e2e/made-records';
import {
  type Arrival,
  arrivalsOf,
  booksFor,
  companyWithRecords,
  postBatch,
  withLimits,
  withoutLimits,
} from '@ledgerpost/e2e/quickbooks-books';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, seconds, timed } from '../figures/measure.ts';

/** In milliseconds: the first match of as many customers takes at most so long. */
const AT_MOST_MS = 60_000;

/**
 * The first match of many customers with as many in the books, from reading the books to all that have one name linked; then how many
 * requests a batch makes whose customers and items are all linked, beside one that has to find them.
 */
export async function matching(scale: number, print: (line: string) => void): Promise<Measured[]> {
  const count = Math.round(20_000 * scale);
  const system = await startSystem(AS_SHIPPED, { simulator: {}, env: { LEDGERPOST_QBO_LIMITS: 'off' } });
  try {
    await system.startApi();
    await system.startWorker();
    return [...(await firstMatch(system, count, print)), await linkedBatch(system, scale, print)];
  } finally {
    await system.stop();
  }
}

async function firstMatch(system: System, count: number, print: (line: string) => void): Promise<Measured[]> {
  const id = 'matched';
  const path = `/v1/companies/${id}`;
  const realm = await booksFor(system, id, count);
  await ask(system, 'PUT', path, { name: 'Bench', timeZone: 'America/Los_Angeles', currency: 'USD' });
  await ask(system, 'PUT', `${path}/targets/qbo`, { useOfLimits: 1 });
  await stream(system, id, one(count));
  await connectToSimulator(system.api, system.key, id, system.simulator!.url, { realm });
  await cleared(system);
  let linked = 0;
  let read = 0;
  const ms = await timed(async () => {
    read = (await ask<{ read: number }>(system, 'POST', `${path}/targets/qbo/matching:refresh`)).read;
    linked = (await ask<{ linked: number }>(system, 'POST', `${path}/targets/qbo/matching:accept-same-names`, {})).linked;
  });
  const requests = await arrivalsOf(system, realm);
  if (linked < count) throw new Error(`Only ${linked} of ${count} customers were linked.`);
  print(`  first match: ${seconds(ms)}, ${requests.length} requests for ${read} names, ${linked} linked`);
  const pages = await pagesOf(system, path);
  print(`  pages of the list: ${pages.map((ms) => Math.round(ms)).join(', ')} ms`);
  const median = [...pages].sort((a, b) => a - b)[Math.floor(pages.length / 2)]!;
  const listed: Measured = {
    what: `a page of 100 of the ${count.toLocaleString('en')} customers on the page Matching: median of ${pages.length} pages`,
    against: '200 ms',
    ratio: median / 200,
    atMost: 1,
    figures: [`${Math.round(median)} ms; ${Math.round(Math.max(...pages))} ms at most, the first one with all names read again`],
  };
  const matched: Measured = {
    what: `first match of ${count.toLocaleString('en')} customers with as many in the books, from reading them to linked`,
    against: '60 s',
    ratio: ms / AT_MOST_MS,
    atMost: 1,
    figures: [
      `${seconds(ms)}; ${requests.length} requests for ${read.toLocaleString('en')} names; ${linked.toLocaleString('en')} linked`,
    ],
  };
  return [matched, listed];
}

/** How long each of the first pages takes, in milliseconds, as a person scrolls through them. */
async function pagesOf(system: System, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let after: string | undefined = ''; after !== undefined && times.length < 30; ) {
    const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    let next: string | undefined;
    times.push(
      await timed(async () => {
        next = (await ask<{ next?: string }>(system, 'GET', `${path}/targets/qbo/matching?kind=customer&limit=100${query}`)).next;
      }),
    );
    after = next;
  }
  return times;
}

async function linkedBatch(system: System, scale: number, print: (line: string) => void): Promise<Measured> {
  const sizes = { invoices: Math.round(3_000 * scale), payments: Math.round(2_500 * scale), customers: Math.round(500 * scale) };
  const documents = sizes.invoices + sizes.payments;
  const batch = async (id: string, accept: boolean) => {
    const realm = await companyWithRecords(system, id, sizes, 1);
    if (accept) await ask(system, 'POST', `/v1/companies/${id}/targets/qbo/matching:accept-same-names`, {});
    await cleared(system);
    await postBatch(system, id);
    const all = (await arrivalsOf(system, realm)).filter(({ status }) => status < 300);
    print(`  batch ${accept ? 'with' : 'without'} links: ${inWords(all, documents)}`);
    return all;
  };
  const without = await batch('unlinked', false);
  const linked = await batch('linked', true);
  return {
    what: `requests of a batch of ${documents.toLocaleString('en')} documents with all links known`,
    against: 'the same batch, whose customers and items have to be found',
    ratio: linked.length / without.length,
    atMost: 1,
    figures: [
      `linked ${inWords(linked, documents)}`,
      `not linked ${inWords(without, documents)}; before there were links 0.068 a document`,
    ],
  };
}

/** `0.034 a document (184 batch, 3 query)`. */
function inWords(arrivals: readonly Arrival[], documents: number): string {
  const counts = Object.entries(Object.groupBy(arrivals, ({ operation }) => operation)).map(
    ([kind, all]) => `${all!.length} ${kind}`,
  );
  return `${(Math.round((arrivals.length / documents) * 1_000) / 1_000).toLocaleString('en')} a document (${counts.join(', ')})`;
}

/** Clears the simulator's log, and leaves its limits off. */
async function cleared(system: System): Promise<void> {
  await withLimits(system, 0);
  await withoutLimits(system, 0);
}

/** An invoice for each customer. */
function* one(count: number): Generator<string> {
  yield* customers(count);
  for (let n = 0; n < 50; n++) yield JSON.stringify(service(n));
  for (let n = 0; n < count; n++) yield JSON.stringify(withServices(invoice(n, count)));
}

async function ask<T>(system: System, method: string, path: string, body?: object): Promise<T> {
  const answer = await system.call<T>(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
