import type { ApiClient, Connection } from './api-client.ts';
import { type Io, Trouble } from './io.ts';

/** What the person typed, and what it works on. */
export interface Call {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | readonly string[] | boolean | undefined>>;
  readonly io: Io;
  readonly api: ApiClient;
  readonly connection: Connection;
}

export interface Command {
  /** `keys create`. */
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<
    Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean; readonly help: string }>
  >;
  /** Answers the exit code. */
  run(call: Call): Promise<number>;
}

/** The company that the call is for. Trouble if nobody says. */
export function companyOf(io: Io, options: Call['options']): string {
  const company = options.company ?? io.env.LEDGERPOST_COMPANY;
  if (typeof company !== 'string' || company === '')
    throw new Trouble('Say for which company: --company ID, or LEDGERPOST_COMPANY.');
  return company;
}

/** The path of the company at the target that the call is for. */
export function targetPath(company: string, options: Call['options']): string {
  if (typeof options.target !== 'string') throw new Trouble('Say to which target: --target saasant.');
  return `/v1/companies/${encodeURIComponent(company)}/targets/${encodeURIComponent(options.target)}`;
}

/** Trouble that names every option that a command can't do without and that nobody typed. */
export function wanted(options: Call['options'], examples: Readonly<Record<string, string>>): void {
  const missing = Object.entries(examples).filter(([name]) => options[name] === undefined);
  if (missing.length > 0) throw new Trouble(`Say also: ${missing.map(([name, example]) => `--${name} ${example}`).join(' ')}`);
}
