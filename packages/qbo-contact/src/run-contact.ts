import type { Books, Json } from './books.ts';
import { cleanUp, type LeftBehind, MadeList } from './made-list.ts';
import { POINTS } from './points.ts';
import { type Desk, type Finding, made, openDesk, type Point, Unexpected } from './probe.ts';
import { type ContactReport, reported } from './report.ts';

export interface ContactTerms {
  readonly books: Books;
  readonly environment: 'sandbox' | 'production';
  /** Where the list of what is created is kept until it is taken out again. */
  readonly listPath: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly points?: readonly Point[];
  refresh(): Promise<{ readonly before: string; readonly after: string }>;
  say?(line: string): void;
  /** Ends the work: what was created is taken out all the same. */
  readonly signal?: AbortSignal;
}

export interface ContactOutcome {
  /** Undefined if the work was ended early. */
  readonly report: ContactReport | undefined;
  readonly left: readonly LeftBehind[];
}

/**
 * Asks every point of one company's books, and takes out all that it created. Changes no preference and nothing that was there.
 * @throws Error if these books can't be probed
 */
export async function runContact(terms: ContactTerms, cleaner: Books = terms.books): Promise<ContactOutcome> {
  const { books, listPath, say = () => {}, points = POINTS } = terms;
  const list = new MadeList(listPath);
  try {
    const [company, preferences] = await Promise.all([companyOf(books), preferencesOf(books)]);
    const found = await probeAll();
    if (terms.signal?.aborted) return { report: undefined, left: await cleanUp(cleaner, list) };
    const report: ContactReport = {
      format: 'ledgerpost-contact/1',
      date: terms.date,
      environment: terms.environment,
      books: traits(company, preferences),
      points: found.map(([point, finding]) => reported(point, finding)),
    };
    return { report, left: await cleanUp(cleaner, list) };

    async function probeAll(): Promise<[Point, Finding][]> {
      const desk = openDesk({ books, list, preferences, item: await serviceItem(books, list), refresh: terms.refresh });
      const all: [Point, Finding][] = [];
      for (const point of points) {
        if (terms.signal?.aborted) break;
        say(`${point.question} …`);
        all.push([point, await ask(point, desk)]);
      }
      return all;
    }
  } catch (error) {
    await cleanUp(cleaner, list).catch(() => {});
    throw error;
  }
}

async function ask(point: Point, desk: Desk): Promise<Finding> {
  try {
    return await point.probe(desk);
  } catch (error) {
    if (error instanceof Unexpected) return { unknown: error.message };
    if ((error as Error).name === 'AbortError') return { unknown: 'the work was ended' };
    return { unknown: `the probe failed: ${(error as Error).message}` };
  }
}

async function companyOf(books: Books): Promise<Json> {
  const [company] = await books.rows('select * from CompanyInfo');
  if (company === undefined)
    throw new Error('QuickBooks returned no company. Check the realm id, and that it belongs to the environment.');
  return company;
}

async function preferencesOf(books: Books): Promise<Json> {
  const answer = await books.get('preferences');
  return answer.body.Preferences ?? {};
}

function traits(company: Json, preferences: Json): ContactReport['books'] {
  const accounting = preferences.AccountingInfoPrefs ?? {};
  const tax = preferences.TaxPrefs ?? {};
  const values: readonly { Name?: string; Value?: string }[] = company.NameValue ?? [];
  return {
    country: String(company.Country ?? ''),
    edition: values.find(({ Name }) => Name === 'OfferingSku')?.Value ?? null,
    customNumbers: preferences.SalesFormsPrefs?.CustomTxnNumbers === true,
    classTracking: accounting.ClassTrackingPerTxnLine ? 'line' : accounting.ClassTrackingPerTxn ? 'transaction' : 'none',
    locations: accounting.TrackDepartments === true,
    automaticCredit: preferences.SalesFormsPrefs?.AutoApplyCredit === true,
    salesTax: tax.UsingSalesTax !== true ? 'none' : tax.PartnerTaxEnabled === undefined ? 'manual' : 'automated',
    multicurrency: preferences.CurrencyPrefs?.MultiCurrencyEnabled === true,
  };
}

/** One that is there; else one of ours, which is made inactive at the end. */
async function serviceItem(books: Books, list: MadeList): Promise<string> {
  const [item] = await books.rows("select * from Item where Type = 'Service' maxresults 1");
  if (item !== undefined) return String(item.Id);
  const [income] = await books.rows("select * from Account where AccountType = 'Income' maxresults 1");
  if (income === undefined)
    throw new Error('These books have no income account, so no invoice can be made. Add one in QuickBooks.');
  const desk = openDesk({ books, list, preferences: {}, item: '', refresh: () => Promise.reject(new Error('no refresh')) });
  const record = { Name: desk.name(), Type: 'Service', IncomeAccountRef: { value: income.Id } };
  return String(made(await desk.make('Item', record), 'Item').Id);
}
