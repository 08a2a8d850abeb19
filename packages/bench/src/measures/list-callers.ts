import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, millis, percentile, timed } from '../figures/measure.ts';
import { companyWith } from './companies.ts';

const CALLERS = 20;
const SORTS = ['date', '-date', 'number', '-number', 'amount', '-amount'];

/** The unbatched list with many callers against a route that only finds the company; and a quiet company beside a loud one. */
export async function listCallers(scale: number, print: (line: string) => void): Promise<Measured[]> {
  const open = Math.round(5_000 * scale);
  const requests = Math.round(2_000 * scale);
  const system = await startSystem(AS_SHIPPED);
  try {
    await system.startApi();
    await companyWith(system, 'loud', { invoices: open });
    await companyWith(system, 'quiet', { invoices: 200 });
    const list = (company: string, limit = 50) => `/v1/companies/${company}/targets/saasant/unbatched/invoices?limit=${limit}`;
    await flood(system, list('loud'), CALLERS);
    const plain = await flood(system, '/v1/companies/loud', requests);
    const lists = await flood(system, list('loud'), requests);
    // Different pages of one list, which share no answer.
    const pages = await flood(system, (n) => `${list('loud', 40 + (n % 20))}&sort=${SORTS[n % SORTS.length]}`, requests);
    print(
      `  list ${lists.perSecond.toFixed(0)} a second, different pages ${pages.perSecond.toFixed(0)}, a plain route ${plain.perSecond.toFixed(0)}`,
    );

    const alone = await quietly(system, list('quiet'));
    let loud = true;
    const noise = Array.from({ length: CALLERS }, async (_, n) => {
      while (loud)
        await (n < 4
          ? system.call('POST', '/v1/companies/loud/targets/saasant/batches:preview', {})
          : system.call('GET', list('loud')));
    });
    const beside = await quietly(system, list('quiet'));
    loud = false;
    await Promise.all(noise);
    print(`  the quiet company: p99 ${millis(alone)} alone, ${millis(beside)} beside the loud one`);
    return [
      {
        what: `the unbatched list with ${open.toLocaleString('en')} open, ${CALLERS} callers: time a request`,
        against: 'a route that only finds the company in the database',
        ratio: plain.perSecond / lists.perSecond,
        atMost: 4,
        figures: [
          `${lists.perSecond.toFixed(0)} requests a second against ${plain.perSecond.toFixed(0)}: ${(lists.perSecond / plain.perSecond).toFixed(2)} of it`,
          `p99 ${millis(lists.p99)} against ${millis(plain.p99)}`,
          `callers share the answer where they ask the same at once; ${pages.perSecond.toFixed(0)} a second where each requests another page: ${(pages.perSecond / plain.perSecond).toFixed(2)}`,
        ],
      },
      {
        what: `the unbatched list of a quiet company while ${CALLERS} callers list and preview another one: p99`,
        against: 'alone',
        ratio: beside / alone,
        atMost: 3,
        figures: [`p99 ${millis(beside)} against ${millis(alone)}`],
      },
    ];
  } finally {
    await system.stop();
  }
}

async function flood(
  system: System,
  path: string | ((n: number) => string),
  requests: number,
): Promise<{ perSecond: number; p99: number }> {
  const times: number[] = [];
  let left = requests;
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: CALLERS }, async () => {
        while (left-- > 0) {
          const n = left;
          times.push(await timed(() => ask(system, typeof path === 'string' ? path : path(n))));
        }
      }),
    ),
  );
  return { perSecond: (requests / ms) * 1_000, p99: percentile(times, 0.99) };
}

/** The 99th percentile of one caller's requests. */
async function quietly(system: System, path: string): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 120; n++) {
    const ms = await timed(() => ask(system, path));
    if (n >= 20) times.push(ms);
  }
  return percentile(times, 0.99);
}

async function ask(system: System, path: string): Promise<void> {
  const { status } = await system.call('GET', path);
  if (status !== 200) throw new Error(`${path} answered ${status}.`);
}
