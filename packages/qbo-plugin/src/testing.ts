import type { Access, TargetContext } from '@ledgerpost/core';
import {
  type Company,
  type CompanyOptions,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '@ledgerpost/qbo-simulator';
import { quickbooksOnline } from './quickbooks-online.ts';
import { type QboSettings, qboSettings } from './settings.ts';

/** Books at the simulator with a session into them, and what was asked of the context. */
export interface Desk {
  readonly simulator: Simulator;
  readonly company: Company;
  readonly context: TargetContext;
  readonly renewals: Access[];
  readonly pauses: number[];
  readonly logged: { level: string; message: string; facts: unknown }[];
  /** Permits that were taken, and how many are out. */
  readonly permits: { taken: string[]; out: number };
  open(settings?: unknown): ReturnType<typeof quickbooksOnline.open>;
  settings(settings?: unknown): QboSettings;
}

/** What a small field-service business has in its books. */
export const USUAL: CompanyOptions = {
  classes: ['HVAC', 'Plumbing'],
  departments: ['HVAC Service'],
  preferences: { autoApplyCredit: false },
};

/** A simulator with one company; it ends with the test file that asks. Limits are off unless asked for. */
export async function openDesk(options: SimulatorOptions = {}, company: CompanyOptions = USUAL): Promise<Desk> {
  const simulator = await startSimulator({ limits: 'off', ...options });
  return deskOf(simulator, simulator.control.createCompany(company));
}

function deskOf(simulator: Simulator, company: Company): Desk {
  const { realmId } = company;
  let tokens = simulator.control.grant(realmId);
  const renewals: Access[] = [];
  const pauses: number[] = [];
  const logged: Desk['logged'] = [];
  const permits: Desk['permits'] = { taken: [], out: 0 };
  const access = (): Access => ({
    token: tokens.access_token,
    account: realmId,
    environment: 'simulator',
    apiUrl: simulator.url,
  });
  const context: TargetContext = {
    connectionId: 'c-1',
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 9, 3),
    log: (level, message, facts) => void logged.push({ level, message, facts }),
    access: async () => access(),
    renew: async (stale) => {
      renewals.push(stale);
      tokens = simulator.control.grant(realmId);
      return access();
    },
    permit: async (bucket) => {
      permits.taken.push(bucket);
      permits.out += 1;
      return { release: () => void (permits.out -= 1) };
    },
    pause: async (ms) => void pauses.push(ms),
  };
  const settings = (own: unknown = {}) => qboSettings.parse(own);
  return {
    simulator,
    company,
    context,
    renewals,
    pauses,
    logged,
    permits,
    settings,
    open: (own) => quickbooksOnline.open(settings(own), context),
  };
}
