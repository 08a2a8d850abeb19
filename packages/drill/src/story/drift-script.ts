import type { Chance } from './chance.ts';
import { named, someFaults, someInvoice } from './choose.ts';
import { booksOf, settingsOf } from './company.ts';
import type { BatchStep, Choice, Fault, PersonAct, Script, Step } from './steps.ts';
import type { DriftTheme } from './themes.ts';
import type { World } from './world.ts';

/** The story of a drift theme: people change posted documents, checks find the changes, and somebody decides. */
export function driftScriptOf(seed: number, theme: DriftTheme, chance: Chance, world: World): Script {
  const steps: Step[] = [];
  const wrong = chance.percent(15);
  const beside = (...states: readonly string[]) =>
    theme === 'drift is checked beside batches' || chance.percent(10) ? { checkIn: chance.pick(states) } : {};
  const batch = (): BatchStep => ({
    do: 'batch',
    faults: someFaults(chance, undefined),
    preview: chance.percent(20),
    select: chance.pick(['all', 'all', 'all', 'half'] as const),
    onProblem: 'skip',
    held: 'fix',
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
    Array.from(
      { length: chance.int(least, most) },
      (): PersonAct =>
        theme === 'drift is no new name' && chance.percent(70)
          ? nameOther(chance, world)
          : actOnOurs(chance, world, theme, changed),
    );
  const act = (acts: readonly PersonAct[]) => steps.push(...acts.map((one): Step => ({ do: 'person', act: one })));
  let killings = 2;
  const check = (): Step => ({
    do: 'check',
    faults: checkFaults(theme, chance, () => killings-- > 0),
    during: theme === 'drift is checked beside batches' || chance.percent(20) ? people(1, 2) : [],
  });

  world.work(chance.percent(5) ? chance.int(60, 100) : chance.int(4, 12), wrong);
  steps.push({ do: 'put', records: world.taken() }, batch());
  if (chance.percent(20)) steps.push({ do: 'batch', ...CALM_BATCH });
  for (let round = chance.pick([1, 2, 2, 3]); round > 0; round--) {
    act(people(1, 5));
    steps.push(check());
    // The document may have changed again by the time somebody decides.
    if (chance.percent(20)) act(people(1, 2).filter((one) => one.act !== 'restore'));
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
    if (chance.percent(40)) steps.push(check(), { do: 'decide', choices: choicesIn(theme, chance) });
  }
  steps.push({ do: 'settle' }, { do: 'check', faults: [], during: [] });
  if (chance.percent(60)) steps.push({ do: 'decide', choices: choicesIn(theme, chance) }, { do: 'settle' });
  if (chance.percent(75)) steps.push({ do: 'undo all', faults: [] }, { do: 'check', faults: [], during: [] });
  if (chance.percent(25)) steps.push({ do: 'settle' });
  return { seed, theme, books: booksOf(theme, chance), settings: settingsOf(theme, chance), steps, wrong: [...world.wrong] };
}

const CALM_BATCH: Omit<BatchStep, 'do'> = { faults: [], preview: false, select: 'all', onProblem: 'skip', held: 'fix' };

/** Mostly invoices, since only invoices can be sent again; payments, memos and journals too. */
function actOnOurs(chance: Chance, world: World, theme: DriftTheme, changed: string[]): PersonAct {
  const type = chance.pick(['invoice', 'invoice', 'invoice', 'payment', 'payment', 'creditMemo', 'refund']);
  const some = named(world, type);
  const record = some.length === 0 ? someInvoice(world, chance) : chance.pick(some);
  const turn = chance.int(1, 90);
  switch (chance.int(0, 13)) {
    case 0:
    case 1:
      return { act: 'remove', record };
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
      if (changed.length > 0 && (theme === 'drift is resolved or restored' || chance.percent(40)))
        return { act: 'restore', record: chance.pick(changed) };
      return { act: 'remove', record };
    default:
      changed.push(record);
      return { act: 'change', record, what: chance.pick(['amount', 'amount', 'date', 'number', 'text'] as const), turn };
  }
}

/** A new name, a merge or an end of one in the books: no document changes by it. */
function nameOther(chance: Chance, world: World): PersonAct {
  const [one, other] = chance.take(2, named(world, 'customer'));
  const item = chance.pick(named(world, 'service')).replace('service/s-', '');
  return chance.pick<PersonAct>([
    { act: 'rename', customer: one! },
    { act: 'merge', from: one!, into: other! },
    { act: 'deactivate', customer: one! },
    { act: 'rename item', item },
    { act: 'deactivate item', item },
  ]);
}

function choicesIn(theme: DriftTheme, chance: Chance): readonly Choice[] {
  const some = (...choices: readonly Choice[]) => Array.from({ length: chance.int(1, 3) }, () => chance.pick(choices));
  switch (theme) {
    case 'drift is kept':
      return some('keep-theirs', 'keep-theirs', 'keep-theirs', 'leave');
    case 'drift is sent again':
      return some('send-again', 'send-again', 'send-again', 'leave');
    case 'drift is resolved or restored':
      return some('resolve', 'resolve', 'leave', 'leave');
    default:
      return some('keep-theirs', 'send-again', 'resolve', 'leave');
  }
}

/** A check asks what changed, and then reads it. Both may fail. */
function checkFaults(theme: DriftTheme, chance: Chance, mayKill: () => boolean): readonly Fault[] {
  const aim = { operation: chance.pick(['cdc', 'query']) };
  const skip = aim.operation === 'cdc' ? 0 : chance.int(0, 3);
  if (theme === 'drift is checked by workers that are killed' && mayKill()) {
    const name = chance.percent(20) ? { name: 'freeze' } : {};
    const kind = chance.percent(50) ? 'worker killed before commit' : 'worker killed after commit';
    return [{ kind, rules: [{ trouble: { kind: 'alarm', after: kind.endsWith('after commit'), ...name }, aim, skip }] }];
  }
  if (theme !== 'drift is checked under faults' && !chance.percent(20)) return [];
  const [kind, trouble] = chance.pick([
    ['connection reset', { kind: 'reset' }],
    ['gateway page', { kind: 'html', status: chance.pick([502, 503, 504]) }],
    ['system fault', { kind: 'systemFault' }],
    ['throttle', { kind: 'throttle', status: 429, form: 'json', retryAfter: 1 }],
    ['token expires during a push', { kind: 'tokenExpiry' }],
    ['grant revoked', { kind: 'revokedGrant' }],
    ['access lost', { kind: 'accessLost' }],
    ['latency', { kind: 'latency', milliseconds: chance.int(100, 2_000) }],
  ] as const);
  return [
    { kind, rules: [{ trouble, aim, skip, times: kind === 'grant revoked' || kind === 'access lost' ? 1 : chance.int(1, 2) }] },
  ];
}
