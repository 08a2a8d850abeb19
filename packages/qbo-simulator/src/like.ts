import type { CompanyOptions } from './books/company.ts';
import { type Switches, setSwitches, switches } from './switches.ts';

/** What a report of `qbo-contact` says about some real books, as far as a simulator can do the same. */
export interface LikeBooks {
  readonly switches: Partial<Switches>;
  /** For each company that is created. */
  readonly company: Pick<CompanyOptions, 'country' | 'preferences'>;
}

/**
 * Reads `contact-<date>.json`. Points that it could not settle keep their defaults.
 * @throws Error if the text is no such report
 */
export function likeBooks(text: string): LikeBooks {
  const report = parsed(text);
  const chosen: Record<string, string> = {};
  for (const { point, is } of report.points) if (is !== null && Object.hasOwn(switches, point)) chosen[point] = is;
  // Refuses a choice that this version does not know.
  setSwitches(chosen as Partial<Switches>);
  const { books } = report;
  return {
    switches: chosen as Partial<Switches>,
    company: {
      ...(books.country === '' ? {} : { country: books.country }),
      preferences: {
        customTxnNumbers: books.customNumbers,
        classTracking: LEVELS[books.classTracking],
        trackDepartments: books.locations,
        autoApplyCredit: books.automaticCredit,
        usingSalesTax: books.salesTax !== 'none',
        partnerTax: books.salesTax === 'automated',
      },
    },
  };
}

const LEVELS = { line: 'per-line', transaction: 'per-transaction', none: 'off' } as const;

interface Report {
  readonly format: string;
  readonly points: readonly { readonly point: string; readonly is: string | null }[];
  readonly books: {
    readonly country: string;
    readonly customNumbers: boolean;
    readonly classTracking: keyof typeof LEVELS;
    readonly locations: boolean;
    readonly automaticCredit: boolean;
    readonly salesTax: string;
  };
}

function parsed(text: string): Report {
  let report: Partial<Report> = {};
  try {
    report = JSON.parse(text) as Partial<Report>;
  } catch {
    // Refused below, like any other file.
  }
  if (report.format !== 'ledgerpost-contact/1' || report.points === undefined || report.books === undefined) {
    throw new Error('--like takes a contact-<date>.json, as qbo-contact writes it.');
  }
  return report as Report;
}
