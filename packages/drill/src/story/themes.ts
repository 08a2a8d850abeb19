import { FAULT_KINDS, type FaultKind, FROZEN } from './faults.ts';

const SPECIAL = [
  'books apply credit automatically',
  'books assign numbers',
  'automated tax has other totals',
  'limits on',
  'refresh tokens change at every renewal',
  'canceled',
  'records change during a batch',
  'stop at problems',
  'worker killed in any step',
  'person edits',
  'person deletes',
  'person pays an invoice of ours',
  'person deposits',
  'person renames a customer',
  'person makes a customer inactive',
  'person makes an item inactive',
  'person merges customers',
  'a vendor has the name',
  'person entered it before',
  'number taken by another',
  'closed books',
  'subscription lapsed',
  'many documents',
  'voids are voided',
  'voids are credited',
  'customers get other names',
  'services get other names',
  'person renames an item',
  'two customers have one name',
  'invoices get another customer',
  'a person matches customers',
] as const;
/** Changes that persons make in the books are found and decided. */
export const DRIFT = [
  'drift is kept',
  'drift is sent again',
  'drift is resolved or restored',
  'drift is decided in every way',
  'drift is checked under faults',
  'drift is checked by workers that are killed',
  'drift is checked beside batches',
  'drift is no new name',
] as const;
/** QuickBooks computes the sales tax, and ours is only kept beside it. */
export const TAXED = 'the books compute the tax';
export type DriftTheme = (typeof DRIFT)[number];
export type Theme = FaultKind | (typeof SPECIAL)[number] | DriftTheme | typeof TAXED;
/** All themes. Each number of seeds in a row as long as this list plays all of them. */
export const THEMES: readonly Theme[] = [
  ...interleaved(
    FAULT_KINDS.filter((kind) => kind !== FROZEN),
    [FROZEN, ...SPECIAL],
  ),
  ...DRIFT,
];
/** Seeds from here on have that theme alone. It came after the others, whose numbers stay what they were. */
export const TAXED_FROM = 1_000_000;

export function themeOf(seed: number): Theme {
  return seed >= TAXED_FROM ? TAXED : THEMES[seed % THEMES.length]!;
}

export function isDrift(theme: Theme): theme is DriftTheme {
  return (DRIFT as readonly Theme[]).includes(theme);
}

function interleaved(some: readonly Theme[], others: readonly Theme[]): readonly Theme[] {
  return Array.from({ length: Math.max(some.length, others.length) }, (_, at) => [some[at], others[at]])
    .flat()
    .filter((one): one is Theme => one !== undefined);
}
