import type { ApiClient, Connection } from './api-client.ts';
import { type Io, Trouble } from './io.ts';

/** What the person typed, and what the command works on. */
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
  /** A name that the command had in an earlier release, with as many words. It still works, and no help shows it. */
  readonly formerName?: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<
    Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean; readonly help: string }>
  >;
  /** Returns the exit code. */
  run(call: Call): Promise<number>;
}

/** The company that the command is for. Trouble if none is named. */
export function companyOf(io: Io, options: Call['options']): string {
  const company = options.company ?? io.env.LEDGERPOST_COMPANY;
  if (typeof company !== 'string' || company === '')
    throw new Trouble('Name the company: add --company ID, or set LEDGERPOST_COMPANY.');
  return company;
}

/**
 * The company of a batch. The id of a batch is its own in the whole installation, so nobody has to name the company: a key of a
 * company is asked about there, and a key of the installation in each company. Trouble if no company has the batch.
 */
export async function companyOfBatch({ io, api, options }: Pick<Call, 'io' | 'api' | 'options'>, batch: string): Promise<string> {
  if (hasCompany(io, options)) return companyOf(io, options);
  const { rows } = await api.get<{ rows: readonly { readonly id: string }[] }>('/v1/companies');
  for (const { id } of rows) {
    if ((await api.find(`/v1/companies/${encodeURIComponent(id)}/batches/${encodeURIComponent(batch)}`)) !== undefined) return id;
  }
  throw new Trouble(`No company has the batch ${batch}. "ledgerpost batches --company ID" shows the batches of a company.`);
}

/** Whether the command line or the environment names a company. */
export function hasCompany(io: Io, options: Call['options']): boolean {
  return Boolean(options.company ?? io.env.LEDGERPOST_COMPANY);
}

/** The API path of the company at the target that the command is for. */
export function targetPath(company: string, options: Call['options']): string {
  if (typeof options.target !== 'string') throw new Trouble('Name the target, for example --target saasant.');
  return `/v1/companies/${encodeURIComponent(company)}/targets/${encodeURIComponent(options.target)}`;
}

/** Trouble that names every required option that is missing. */
export function wanted(options: Call['options'], examples: Readonly<Record<string, string>>): void {
  const missing = Object.entries(examples).filter(([name]) => options[name] === undefined);
  if (missing.length > 0)
    throw new Trouble(`Also required: ${missing.map(([name, example]) => `--${name} ${example}`).join(' ')}`);
}
