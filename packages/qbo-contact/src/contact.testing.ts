import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Company, type CompanyOptions, type Simulator, type Switches, startSimulator } from '@ledgerpost/qbo-simulator';
import { type Books, openBooks } from './books.ts';
import type { Point } from './probe.ts';
import { type ContactOutcome, runContact } from './run-contact.ts';
import { type Access, accessFrom } from './sign-in.ts';

/** A simulator, a company, and access to it by a refresh token. */
export interface Bench {
  readonly simulator: Simulator;
  readonly company: Company;
  readonly access: Access;
  readonly folder: string;
  books(signal?: AbortSignal): Books;
  run(points?: readonly Point[], signal?: AbortSignal): Promise<ContactOutcome>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openBench(
  switches: Partial<Switches> = {},
  company: CompanyOptions = {},
  limits: 'off' | 'on' = 'off',
): Promise<Bench> {
  const simulator = await startSimulator({ switches, ...(limits === 'off' ? { limits: 'off' as const } : {}) });
  const made = simulator.control.createCompany({ classes: ['Plumbing'], departments: ['North'], ...company });
  const { refresh_token } = simulator.control.grant(made.realmId);
  const addresses = { authorize: `${simulator.url}/connect/oauth2`, token: `${simulator.url}/oauth2/v1/tokens/bearer` };
  const access = accessFrom(addresses, { id: 'simulator-client', secret: 'simulator-secret' }, made.realmId, refresh_token);
  const folder = mkdtempSync(join(tmpdir(), 'contact-'));
  const books = (signal = new AbortController().signal) =>
    openBooks({
      apiUrl: simulator.apiUrl,
      realmId: made.realmId,
      access: () => access.token(),
      signal,
      paceMs: 0,
      throttlePauseMs: 1_000,
    });
  return {
    simulator,
    company: made,
    access,
    folder,
    books,
    run: (points, signal) =>
      runContact(
        {
          books: books(signal),
          environment: 'sandbox',
          listPath: join(folder, 'made.jsonl'),
          date: '2026-11-28',
          refresh: () => access.refresh(),
          ...(points === undefined ? {} : { points }),
          ...(signal === undefined ? {} : { signal }),
        },
        books(),
      ),
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
      await simulator.stop();
    },
  };
}
