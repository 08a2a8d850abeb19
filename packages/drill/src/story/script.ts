import type { Switches } from '@ledgerpost/qbo-simulator';
import { type Chance, chanceFrom } from './chance.ts';
import { named, someFaults, someInvoice } from './choose.ts';
import { booksOf, settingsOf } from './company.ts';
import { driftScriptOf } from './drift-script.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import type { BatchStep, Fault, PersonAct, Script, Step } from './steps.ts';
import { isDrift, type Theme, themeOf } from './themes.ts';
import { World } from './world.ts';

/** The story of a seed, in books that behave as given and otherwise as the seed chooses. */
export function scriptLike(seed: number, switches: Partial<Switches> = {}): Script {
  const { books, ...script } = scriptOf(seed);
  return { ...script, books: { ...books, switches: { ...books.switches, ...switches } } };
}

/** The story of a seed. */
export function scriptOf(seed: number): Script {
  const chance = chanceFrom(seed);
  const theme = themeOf(seed);
  const world = new World(chanceFrom(seed + 1_000_003));
  const steps: Step[] = [];
  if (isDrift(theme)) return driftScriptOf(seed, theme, chance, world);
  const put = () => steps.push({ do: 'put', records: world.taken() });
  const isFault = (FAULT_KINDS as readonly string[]).includes(theme);
  // A fault that costs a minute, or a worker, is not repeated at every turn.
  let turns = theme === 'throttle without Retry-After' ? 1 : theme.startsWith('worker ') ? 2 : Number.POSITIVE_INFINITY;
  const faults = (): Fault[] => someFaults(chance, isFault && turns-- > 0 ? (theme as FaultKind) : undefined);
  const many = theme === 'many documents' || chance.percent(3);
  const wrong = theme === 'stop at problems' || chance.percent(25);

  if (theme === 'two customers have one name' || (theme === 'a person matches customers' && chance.percent(50))) world.namesake();
  world.work(many ? chance.int(60, 120) : chance.int(3, 14), wrong);
  put();
  const before = personBefore(theme, world, chance);
  for (const act of before) steps.push({ do: 'person', act });
  steps.push(batchStep(theme, chance, faults(), world));
  if (chance.percent(15)) steps.push({ do: 'retry' });
  if (chance.percent(20)) steps.push({ do: 'undo', faults: faults(), ...killed(theme, chance, ['undoing']) });

  const rounds = chance.pick([1, 1, 1, 2]);
  for (let round = 0; round < rounds; round++) {
    changeWho(theme, world, chance);
    world.change(chance.int(2, 8));
    if (chance.percent(50)) world.work(chance.int(1, 4), wrong);
    const acts = personAfter(theme, world, chance);
    // Both sides changed it: that makes a conflict.
    for (const act of acts) if ((act.act === 'edit' || act.act === 'delete') && chance.percent(70)) world.rebill(act.invoice);
    put();
    if (theme === 'a person matches customers') steps.push(...matchings(world, chance));
    for (const act of acts) steps.push({ do: 'person', act });
    steps.push(batchStep(theme, chance, chance.percent(70) ? faults() : [], world));
    if (chance.percent(35)) steps.push({ do: 'undo', faults: faults(), ...killed(theme, chance, ['undoing']) });
  }
  steps.push({ do: 'person', act: { act: 'remove obstacles' } }, { do: 'settle' });
  if (chance.percent(70)) steps.push({ do: 'undo all', faults: chance.percent(50) ? faults() : [] });
  if (chance.percent(15)) steps.push({ do: 'settle' });
  return { seed, theme, books: booksOf(theme, chance), settings: settingsOf(theme, chance), steps, wrong: [...world.wrong] };
}

/** Who is who changes at the source: names, and to whom invoices belong. */
function changeWho(theme: Theme, world: World, chance: Chance): void {
  for (let times = chance.int(1, 2); times > 0; times--) {
    if (theme === 'customers get other names') world.rename('customer');
    if (theme === 'services get other names') world.rename('service');
    if (theme === 'invoices get another customer') world.giveAway(chance.percent(75));
  }
}

/** What somebody says about customers, most of whom have posted documents. */
function matchings(world: World, chance: Chance): Step[] {
  const some = chance.take(chance.int(1, 2), named(world, 'customer'));
  return some.map((customer) => ({
    do: 'match',
    customer,
    is: chance.pick(['one of theirs', 'one of theirs', 'another', 'same', 'undecided'] as const),
  }));
}

const RUNNING = ['selecting', 'validating', 'exporting', 'pushing', 'recording'];

function batchStep(theme: Theme, chance: Chance, faults: readonly Fault[], world: World): BatchStep {
  const step: BatchStep = {
    do: 'batch',
    faults,
    preview: chance.percent(30),
    select: chance.pick(['all', 'all', 'all', 'invoices', 'half'] as const),
    onProblem: theme === 'stop at problems' && chance.percent(50) ? 'stop' : 'skip',
    held: chance.percent(85) ? 'fix' : 'cancel',
    ...killed(theme, chance, RUNNING),
    ...(theme === 'canceled' || chance.percent(4)
      ? { cancelIn: chance.pick(['selecting', 'validating', 'pushing', 'pushing']) }
      : {}),
  };
  if (theme !== 'records change during a batch' && !chance.percent(5)) return step;
  world.change(chance.int(1, 4));
  return { ...step, during: world.taken() };
}

function killed(theme: Theme, chance: Chance, states: readonly string[]): { killIn?: string } {
  return theme === 'worker killed in any step' ? { killIn: chance.pick(states) } : {};
}

/** What a person did in the books before the first batch. */
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

/** What a person does with posted documents before a batch that changes them. */
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
    case 'person renames an item':
      return [{ act: 'rename item', item: chance.pick(named(world, 'service')).replace('service/s-', '') }];
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
