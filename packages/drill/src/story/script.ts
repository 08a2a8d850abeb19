import type { BooksSettings, SourceRecord } from '@ledgerpost/core';
import type { CompanyOptions, Rule } from '@ledgerpost/qbo-simulator';
import { type Chance, chanceFrom } from './chance.ts';
import { CHEAP_FAULTS, FAULT_KINDS, FAULTS, type FaultKind, FROZEN } from './faults.ts';
import { ACCOUNTS, CLASSES, TAX, World } from './world.ts';

/** What a person does in the books. Documents are named by record, since their ids are not known beforehand. */
export type PersonAct =
  | { readonly act: 'edit' | 'delete' | 'pay'; readonly invoice: string }
  | { readonly act: 'deposit'; readonly payment: string }
  | { readonly act: 'rename' | 'deactivate' | 'vendor'; readonly customer: string }
  | { readonly act: 'deactivate item'; readonly item: string }
  | { readonly act: 'merge'; readonly from: string; readonly into: string }
  /** Enters by hand an invoice of that number: the very same one, or another. */
  | { readonly act: 'enter'; readonly invoice: string; readonly same: boolean }
  | { readonly act: 'close books'; readonly through: string }
  | { readonly act: 'lapse' }
  /** Changes of a document of ours what we said of it. `turn` makes each change another one. */
  | {
      readonly act: 'change';
      readonly record: string;
      readonly what: 'amount' | 'date' | 'number' | 'text';
      readonly turn: number;
    }
  | { readonly act: 'void' | 'take out' | 'put right'; readonly record: string }
  /** What is no drift: a note, a payment that is applied to nothing any more. */
  | { readonly act: 'note' | 'unapply'; readonly record: string }
  /** Takes out of the way what a batch could not get by: opens books, makes active, renews the subscription. */
  | { readonly act: 'clear the way' };

export interface Fault {
  readonly kind: FaultKind;
  readonly rules: readonly Rule[];
}

export type Choice = 'keep-theirs' | 'send-again' | 'resolve' | 'leave';

export type BatchStep = {
  readonly do: 'batch';
  readonly faults: readonly Fault[];
  /** Asks for a preview first, and starts with its digest. */
  readonly preview: boolean;
  readonly select: 'all' | 'invoices' | 'half';
  readonly onProblem: 'skip' | 'stop';
  /** In which state somebody cancels, kills any worker, or a source puts these records. */
  readonly cancelIn?: string;
  readonly killIn?: string;
  readonly meanwhile?: readonly SourceRecord[];
  /** In which state somebody asks for a look, and does not wait for it. */
  readonly lookIn?: string;
  /** What a person does with a batch that is held. */
  readonly held: 'mend' | 'cancel';
};

export type Step =
  | { readonly do: 'put'; readonly records: readonly SourceRecord[] }
  | { readonly do: 'person'; readonly act: PersonAct }
  | BatchStep
  | { readonly do: 'retry' }
  | { readonly do: 'undo'; readonly faults: readonly Fault[]; readonly killIn?: string; readonly lookIn?: string }
  /** Somebody looks for what was changed in the books; with trouble, or while a person acts, and once more in peace. */
  | { readonly do: 'look'; readonly faults: readonly Fault[]; readonly meanwhile: readonly PersonAct[] }
  /** Somebody decides about what was found, in order of the records; again and again by these. */
  | { readonly do: 'decide'; readonly choices: readonly Choice[] }
  /** Batches without trouble until nothing is left to send. */
  | { readonly do: 'settle' }
  /** Takes all batches back, newest first. */
  | { readonly do: 'undo all'; readonly faults: readonly Fault[] };

/** One seed's whole story. The same seed has the same one; what meets when, among processes, no seed can repeat. */
export interface Script {
  readonly seed: number;
  readonly theme: Theme;
  readonly books: CompanyOptions;
  readonly settings: Pick<BooksSettings, 'accounts' | 'taxCodes' | 'paymentMethods' | 'classes' | 'policy'>;
  readonly steps: readonly Step[];
  readonly wrong: readonly string[];
}

const SPECIAL = [
  'books apply credit by themselves',
  'books number documents themselves',
  'automated tax has other totals',
  'limits on',
  'refresh tokens change at every renewal',
  'canceled',
  'records change meanwhile',
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
] as const;
/** What a person changed in the books is found, and decided about. */
export const DRIFT = [
  'drift is kept',
  'drift is sent again',
  'drift is resolved or put right',
  'drift is decided in every way',
  'drift is looked for in trouble',
  'drift is looked for by workers that are killed',
  'drift is looked for beside batches',
] as const;
export type DriftTheme = (typeof DRIFT)[number];
export type Theme = FaultKind | (typeof SPECIAL)[number] | DriftTheme;
/** In turn, so that so many seeds in a row have them all. */
export const THEMES: readonly Theme[] = [
  ...interleaved(
    FAULT_KINDS.filter((kind) => kind !== FROZEN),
    [FROZEN, ...SPECIAL],
  ),
  ...DRIFT,
];

export function scriptOf(seed: number): Script {
  const chance = chanceFrom(seed);
  const theme = THEMES[seed % THEMES.length]!;
  const world = new World(chanceFrom(seed + 1_000_003));
  const steps: Step[] = [];
  if (isDrift(theme)) return driftScriptOf(seed, theme, chance, world);
  const put = () => steps.push({ do: 'put', records: world.taken() });
  const isFault = (FAULT_KINDS as readonly string[]).includes(theme);
  // What costs a minute, or a worker, is not repeated at every turn.
  let turns = theme === 'throttle without a word' ? 1 : theme.startsWith('worker ') ? 2 : Number.POSITIVE_INFINITY;
  const faults = (): Fault[] => someFaults(chance, isFault && turns-- > 0 ? (theme as FaultKind) : undefined);
  const many = theme === 'many documents' || chance.percent(3);
  const wrong = theme === 'stop at problems' || chance.percent(25);

  world.work(many ? chance.int(60, 120) : chance.int(3, 14), wrong);
  put();
  const before = personBefore(theme, world, chance);
  for (const act of before) steps.push({ do: 'person', act });
  steps.push(batchStep(theme, chance, faults(), world));
  if (chance.percent(15)) steps.push({ do: 'retry' });
  if (chance.percent(20)) steps.push({ do: 'undo', faults: faults(), ...killed(theme, chance, ['undoing']) });

  const rounds = chance.pick([1, 1, 1, 2]);
  for (let round = 0; round < rounds; round++) {
    world.change(chance.int(2, 8));
    if (chance.percent(50)) world.work(chance.int(1, 4), wrong);
    const acts = personAfter(theme, world, chance);
    // Both have changed it: that is what a conflict is.
    for (const act of acts) if ((act.act === 'edit' || act.act === 'delete') && chance.percent(70)) world.rebill(act.invoice);
    put();
    for (const act of acts) steps.push({ do: 'person', act });
    steps.push(batchStep(theme, chance, chance.percent(70) ? faults() : [], world));
    if (chance.percent(35)) steps.push({ do: 'undo', faults: faults(), ...killed(theme, chance, ['undoing']) });
  }
  steps.push({ do: 'person', act: { act: 'clear the way' } }, { do: 'settle' });
  if (chance.percent(70)) steps.push({ do: 'undo all', faults: chance.percent(50) ? faults() : [] });
  if (chance.percent(15)) steps.push({ do: 'settle' });
  return { seed, theme, books: booksOf(theme, chance), settings: settingsOf(theme, chance), steps, wrong: [...world.wrong] };
}

export function isDrift(theme: Theme): theme is DriftTheme {
  return (DRIFT as readonly Theme[]).includes(theme);
}

function driftScriptOf(seed: number, theme: DriftTheme, chance: Chance, world: World): Script {
  const steps: Step[] = [];
  const wrong = chance.percent(15);
  const beside = (...states: readonly string[]) =>
    theme === 'drift is looked for beside batches' || chance.percent(10) ? { lookIn: chance.pick(states) } : {};
  const batch = (): BatchStep => ({
    do: 'batch',
    faults: someFaults(chance, undefined),
    preview: chance.percent(20),
    select: chance.pick(['all', 'all', 'all', 'half'] as const),
    onProblem: 'skip',
    held: 'mend',
    ...beside('selecting', 'exporting', 'pushing', 'recording'),
    ...(chance.percent(5) ? { cancelIn: 'pushing' } : {}),
  });
  const undo = (): Step => ({
    do: 'undo',
    faults: chance.percent(30) ? someFaults(chance, undefined) : [],
    ...beside('undoing'),
  });
  const changed: string[] = [];
  const people = (least: number, most: number) =>
    Array.from({ length: chance.int(least, most) }, (): PersonAct => actOnOurs(chance, world, theme, changed));
  const act = (acts: readonly PersonAct[]) => steps.push(...acts.map((one): Step => ({ do: 'person', act: one })));
  let killings = 2;
  const look = (): Step => ({
    do: 'look',
    faults: lookFaults(theme, chance, () => killings-- > 0),
    meanwhile: theme === 'drift is looked for beside batches' || chance.percent(20) ? people(1, 2) : [],
  });

  world.work(chance.percent(5) ? chance.int(60, 100) : chance.int(4, 12), wrong);
  steps.push({ do: 'put', records: world.taken() }, batch());
  if (chance.percent(20)) steps.push({ do: 'batch', ...CALM_BATCH });
  for (let round = chance.pick([1, 2, 2, 3]); round > 0; round--) {
    act(people(1, 5));
    steps.push(look());
    // A drift that somebody decides about may be another one by then.
    if (chance.percent(20)) act(people(1, 2).filter((one) => one.act !== 'put right'));
    steps.push({ do: 'decide', choices: choicesIn(theme, chance) });
    if (chance.percent(25)) act(people(1, 2));
    if (chance.percent(60)) {
      world.change(chance.int(1, 5));
      for (const key of chance.take(chance.int(0, 2), named(world, 'invoice'))) world.rebill(key);
      if (chance.percent(40)) world.work(chance.int(1, 3), wrong);
      steps.push({ do: 'put', records: world.taken() });
    }
    if (chance.percent(85)) steps.push(batch());
    if (chance.percent(35)) steps.push(undo());
    if (chance.percent(40)) steps.push(look(), { do: 'decide', choices: choicesIn(theme, chance) });
  }
  steps.push({ do: 'settle' }, { do: 'look', faults: [], meanwhile: [] });
  if (chance.percent(60)) steps.push({ do: 'decide', choices: choicesIn(theme, chance) }, { do: 'settle' });
  if (chance.percent(75)) steps.push({ do: 'undo all', faults: [] }, { do: 'look', faults: [], meanwhile: [] });
  if (chance.percent(25)) steps.push({ do: 'settle' });
  return { seed, theme, books: booksOf(theme, chance), settings: settingsOf(theme, chance), steps, wrong: [...world.wrong] };
}

const CALM_BATCH: Omit<BatchStep, 'do'> = { faults: [], preview: false, select: 'all', onProblem: 'skip', held: 'mend' };

/** Payments, memos and journals are changed too, but invoices mostly: they alone can be sent over. */
function actOnOurs(chance: Chance, world: World, theme: DriftTheme, changed: string[]): PersonAct {
  const type = chance.pick(['invoice', 'invoice', 'invoice', 'payment', 'payment', 'creditMemo', 'refund']);
  const some = named(world, type);
  const record = some.length === 0 ? someInvoice(world, chance) : chance.pick(some);
  const turn = chance.int(1, 90);
  switch (chance.int(0, 13)) {
    case 0:
    case 1:
      return { act: 'take out', record };
    case 2:
    case 3:
      changed.push(record);
      return { act: 'void', record };
    case 4:
      return { act: 'note', record };
    case 5:
      return record.startsWith('payment/') ? { act: 'unapply', record } : { act: 'pay', invoice: someInvoice(world, chance) };
    case 6:
    case 7:
      if (changed.length > 0 && (theme === 'drift is resolved or put right' || chance.percent(40)))
        return { act: 'put right', record: chance.pick(changed) };
      return { act: 'take out', record };
    default:
      changed.push(record);
      return { act: 'change', record, what: chance.pick(['amount', 'amount', 'date', 'number', 'text'] as const), turn };
  }
}

function choicesIn(theme: DriftTheme, chance: Chance): readonly Choice[] {
  const some = (...choices: readonly Choice[]) => Array.from({ length: chance.int(1, 3) }, () => chance.pick(choices));
  switch (theme) {
    case 'drift is kept':
      return some('keep-theirs', 'keep-theirs', 'keep-theirs', 'leave');
    case 'drift is sent again':
      return some('send-again', 'send-again', 'send-again', 'leave');
    case 'drift is resolved or put right':
      return some('resolve', 'resolve', 'leave', 'leave');
    default:
      return some('keep-theirs', 'send-again', 'resolve', 'leave');
  }
}

/** Looks ask what changed, and then read; both may go wrong. */
function lookFaults(theme: DriftTheme, chance: Chance, mayKill: () => boolean): readonly Fault[] {
  const aim = { operation: chance.pick(['cdc', 'query']) };
  const skip = aim.operation === 'cdc' ? 0 : chance.int(0, 3);
  if (theme === 'drift is looked for by workers that are killed' && mayKill()) {
    const name = chance.percent(20) ? { name: 'freeze' } : {};
    const kind = chance.percent(50) ? 'worker killed before commit' : 'worker killed after commit';
    return [{ kind, rules: [{ trouble: { kind: 'alarm', after: kind.endsWith('after commit'), ...name }, aim, skip }] }];
  }
  if (theme !== 'drift is looked for in trouble' && !chance.percent(20)) return [];
  const [kind, trouble] = chance.pick([
    ['connection reset', { kind: 'reset' }],
    ['gateway page', { kind: 'html', status: chance.pick([502, 503, 504]) }],
    ['system fault', { kind: 'systemFault' }],
    ['throttle', { kind: 'throttle', status: 429, form: 'json', retryAfter: 1 }],
    ['token expires in mid-push', { kind: 'tokenExpiry' }],
    ['grant revoked', { kind: 'revokedGrant' }],
    ['access lost', { kind: 'accessLost' }],
    ['latency', { kind: 'latency', milliseconds: chance.int(100, 2_000) }],
  ] as const);
  return [
    { kind, rules: [{ trouble, aim, skip, times: kind === 'grant revoked' || kind === 'access lost' ? 1 : chance.int(1, 2) }] },
  ];
}

function someFaults(chance: Chance, own: FaultKind | undefined): Fault[] {
  const kinds = chance.take(chance.pick([0, 1, 1, 2]), CHEAP_FAULTS);
  if (own !== undefined) kinds.push(own);
  return [...new Set(kinds)].map((kind) => ({ kind, rules: FAULTS[kind](chance) }));
}

const RUNNING = ['selecting', 'validating', 'exporting', 'pushing', 'recording'];

function batchStep(theme: Theme, chance: Chance, faults: readonly Fault[], world: World): BatchStep {
  const step: BatchStep = {
    do: 'batch',
    faults,
    preview: chance.percent(30),
    select: chance.pick(['all', 'all', 'all', 'invoices', 'half'] as const),
    onProblem: theme === 'stop at problems' && chance.percent(50) ? 'stop' : 'skip',
    held: chance.percent(85) ? 'mend' : 'cancel',
    ...killed(theme, chance, RUNNING),
    ...(theme === 'canceled' || chance.percent(4)
      ? { cancelIn: chance.pick(['selecting', 'validating', 'pushing', 'pushing']) }
      : {}),
  };
  if (theme !== 'records change meanwhile' && !chance.percent(5)) return step;
  world.change(chance.int(1, 4));
  return { ...step, meanwhile: world.taken() };
}

function killed(theme: Theme, chance: Chance, states: readonly string[]): { killIn?: string } {
  return theme === 'worker killed in any step' ? { killIn: chance.pick(states) } : {};
}

/** What stands in the books, or in the way, before the first batch. */
function personBefore(theme: Theme, world: World, chance: Chance): PersonAct[] {
  const customer = () => `customer/c-${chance.int(0, 1)}`;
  switch (theme) {
    case 'a vendor has the name':
      return [{ act: 'vendor', customer: customer() }];
    case 'person entered it before':
      return [{ act: 'enter', invoice: someInvoice(world, chance), same: true }];
    case 'number taken by another':
      return [{ act: 'enter', invoice: someInvoice(world, chance), same: false }];
    case 'closed books':
      return chance.percent(50) ? [{ act: 'close books', through: `2026-10-${chance.int(10, 20)}` }] : [];
    case 'subscription lapsed':
      return chance.percent(50) ? [{ act: 'lapse' }] : [];
    default:
      return [];
  }
}

/** What a person does with what is there, before a batch that changes it. */
function personAfter(theme: Theme, world: World, chance: Chance): PersonAct[] {
  const some = () => someInvoice(world, chance);
  const times = chance.int(1, 2);
  const each = (act: () => PersonAct) => Array.from({ length: times }, act);
  switch (theme) {
    case 'person edits':
      return each(() => ({ act: 'edit', invoice: some() }));
    case 'person deletes':
      return each(() => ({ act: 'delete', invoice: some() }));
    case 'person pays an invoice of ours':
      return each(() => ({ act: 'pay', invoice: some() }));
    case 'person deposits':
      return each(() => ({ act: 'deposit', payment: chance.pick(named(world, 'payment')) ?? 'payment/none' }));
    case 'person renames a customer':
      return [{ act: 'rename', customer: 'customer/c-1' }];
    case 'person makes a customer inactive':
      return [{ act: 'deactivate', customer: `customer/c-${chance.int(0, 1)}` }];
    case 'person makes an item inactive':
      return [{ act: 'deactivate item', item: chance.pick(named(world, 'service')).replace('service/s-', '') }];
    case 'person merges customers':
      return [{ act: 'merge', from: 'customer/c-1', into: 'customer/c-0' }];
    case 'closed books':
      return [{ act: 'close books', through: `2026-10-${chance.int(10, 20)}` }];
    case 'subscription lapsed':
      return [{ act: 'lapse' }];
    default:
      return [];
  }
}

function someInvoice(world: World, chance: Chance): string {
  return chance.pick(named(world, 'invoice'));
}

function named(world: World, type: string): string[] {
  return [...world.records.keys()].filter((key) => key.startsWith(`${type}/`));
}

function booksOf(theme: Theme, chance: Chance): CompanyOptions {
  const limits = { perMinute: 500, perSecond: 10, atOnce: 10, batchesPerMinute: 40, batchesPerMinuteOfCompany: 120 };
  return {
    classes: CLASSES,
    departments: chance.percent(50) ? ['HVAC Service'] : [],
    preferences: {
      autoApplyCredit: theme === 'books apply credit by themselves',
      customTxnNumbers: theme !== 'books number documents themselves',
      classTracking: chance.pick(['per-line', 'per-line', 'per-transaction', 'off']),
      warnDuplicateNumbers: chance.percent(80),
      ...(theme === 'automated tax has other totals' ? { partnerTax: true, partnerTaxDrift: chance.pick([1, -1, 7]) } : {}),
    },
    switches: {
      ...(theme === 'refresh tokens change at every renewal' ? { refreshRotation: 'rotateEveryRefresh' } : {}),
      requestIdBatch: chance.percent(85) ? 'replay' : 'fault',
      requestIdOtherBody: chance.percent(80) ? 'replay' : 'fault',
      requestIdFaults: chance.percent(70) ? 'replay' : 'execute',
      linkingBumpsSyncToken: chance.percent(70) ? 'yes' : 'no',
      invoiceWithPayments: chance.percent(70) ? 'refuse' : 'unlink',
      docNumberScope: chance.percent(80) ? 'sales-forms' : 'per-type',
    },
    ...(theme === 'limits on' ? { limits } : {}),
  };
}

function settingsOf(theme: Theme, chance: Chance): Script['settings'] {
  const voids = theme === 'voids are voided' ? 'void' : theme === 'voids are credited' ? 'credit-memo' : 'update';
  return {
    accounts: ACCOUNTS,
    taxCodes: { [TAX.source]: TAX.books },
    paymentMethods: { Card: 'Credit Card' },
    classes: { mode: 'line', ...(chance.percent(90) ? { default: CLASSES[1] } : {}) },
    policy: { onProblem: 'skip', approval: { required: false, lapsesAfterHours: 24 }, voids, tolerance: 0 },
  };
}

function interleaved(some: readonly Theme[], others: readonly Theme[]): readonly Theme[] {
  return Array.from({ length: Math.max(some.length, others.length) }, (_, at) => [some[at], others[at]])
    .flat()
    .filter((one): one is Theme => one !== undefined);
}
