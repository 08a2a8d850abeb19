// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs, with their own placeholders

import type { Mutant } from './mutants.ts';

type Row = readonly [what: string, find: string, replace: string, reason?: string];
const of =
  (file: string) =>
  ([what, find, replace, reason]: Row): Mutant => ({
    ...{ on: 'harbour', what, file: `packages/conformance/src/second/${file}`, find, replace },
    ...(reason === undefined ? {} : { reason }),
  });

const SESSION: readonly Row[] = [
  ['a permit that is never released', 'permit.release();', ''],
  ['a bucket that is not among the limits', "context.permit('requests')", "context.permit('calls')"],
  ['a throttle without a pause', 'await context.pause(wait);', ''],
  ['a signal that goes nowhere', 'signal: context.signal,', ''],
  ['a support id that is dropped', 'if (id !== null) context.trace?.(id);', ''],
  [
    'a support id of good answers alone',
    'if (id !== null) context.trace?.(id);',
    'if (id !== null && response.ok) context.trace?.(id);',
  ],
  ['a gateway for an engineer', 'if (status >= 500)', 'if (status >= 600)'],
  [
    'lost access that is tried for ever',
    "throw new TargetError('access', 'access-lost', 'Harbour Books refused access.",
    "throw new TargetError('transient', 'target-unreachable', 'Harbour Books refused access.",
  ],
  [
    'a failure that is no TargetError',
    "throw new TargetError('transient', 'target-unreachable', `Harbour Books did not answer",
    'throw new Error(`Harbour Books did not answer',
  ],
  ['a token in an error', '`Harbour Books did not answer ${method}', '`Harbour Books did not answer ${token} ${method}'],
  ['a throttle without an end', 'const wait = Number(retryAfter ?? 60) * 1000;', 'const wait = 0;'],
];

const PUSH: readonly Row[] = [
  [
    'keys that are not looked at',
    'if (entry !== undefined && entry.key === key)',
    'if (entry !== undefined && entry.key === "")',
  ],
  ['no look, ever', 'const looks = call.keysExpired === true || (call.round ?? 1) > 1;', 'const looks = false;'],
  ['keys that are thought to last', 'call.keysExpired === true || (call.round ?? 1) > 1', '(call.round ?? 1) > 1'],
  ['work that is under way and not looked for', "looks && resource === 'credits' ? items : []", '[]'],
  ['work that counts as refused before it is done', 'return job?.done === true', 'return job !== undefined'],
  ['work that is never done', 'return job?.done === true', 'return job === null'],
  ['a credit that is used for nothing', 'allocations: allocationsOf(one),', 'allocations: [],'],
  ['a ticket for everybody', 'ticket: answers[at]!.ticket, retryAfterMs', "ticket: 'job-1', retryAfterMs"],
  ['a new ticket each time', 'key: `later-${items[0]!.key}-${call.round ?? 1}`', 'key: `later-${Math.random()}`'],
  [
    'a stranger of the same number',
    'one.marker === payload.body.marker && one.key === key',
    'one.number === payload.body.number',
  ],
  ['a stranger of the same number, found by its number', '? one.marker === payload.body.marker && one.key === key :', '? true :'],
  [
    'an update over a person’s change',
    '(entry === undefined || `${entry.version}` !== former.externalVersion)',
    'entry === undefined',
  ],
  ['an insert for an update', '...(item.former === undefined ? {} : {', '...(item.former !== undefined ? {} : {'],
  ['one contact for all', 'contact: contactOf(call, item),', 'contact: contactOf(call, items[0]!),'],
  [
    'payments that pay nothing',
    "...(resource === 'payments' ? { allocations: allocationsOf(item) } : {}),",
    "...(resource === 'payments' ? { allocations: [] } : {}),",
  ],
  ['payments of the first invoice alone', 'return payload.applied.flatMap(', 'return payload.applied.slice(0, 1).flatMap('],
  [
    'a refusal without the reason',
    '`Harbour Books refused ${String(payload.body.number)}: ${error} Correct it, then retry.`',
    "'Harbour Books refused it. Correct it, then retry.'",
  ],
  [
    'outcomes in another order',
    'return call.items.map(({ seq }) => outcomes.get(seq)!);',
    'return [...outcomes.values()].reverse();',
  ],
  [
    'all refused with one',
    'answered(item, answers[at]!)',
    "answered(item, answers.every((one) => one.entry !== undefined) ? answers[at]! : { error: 'It is in bad company.' })",
  ],
  ['moves that nobody hears of', 'if (moved.length > 0) outcomes.set', 'if (moved.length > 99) outcomes.set'],
  ['moves that are named once', 'changed.push(...items.filter((item) =>', 'changed.push(...open.filter((item) =>'],
  [
    'a person’s change named as ours',
    'const ours = payment.movedBy === key && `${payment.versionBefore}` === known;',
    'const ours = payment.movedBy === key;',
  ],
  ['payments that are not given back', 'const more = Math.min(room,', 'const more = Math.min(0,'],
  ['more given back than the invoice takes', 'Math.min(room, paidBy', 'Math.min(paidBy'],
  [
    'a key that a retry changes',
    'const key = `${items[0]!.key}-${call.round ?? 1}`;',
    'const key = `${items[0]!.key}-${call.attempt}`;',
  ],
];

const TARGET: readonly Row[] = [
  ['calls larger than the vendor accepts', "'payment.insert': 1 }", "'payment.insert': 2 }"],
  ['large calls of invoices', "itemsPerPush: { 'invoice.insert': 50,", "itemsPerPush: { 'invoice.insert': 60,"],
  ['no marker', 'date, marker, contact: null };', 'date, contact: null };'],
  ['a due date of today', '{ due: document.dueDate ?? null }', '{ due: date }'],
  ['words left out', 'words: document.message ?? null, lines', 'words: null, lines'],
  ['a journal without its words', 'words: document.memo, lines', 'words: null, lines'],
  ['one account for all lines', 'account: line.item.account ?? null,', 'account: document.lines[0]!.item.account ?? null,'],
  ['no classes', 'class: line.class ?? null,\n    amount: money(line.amount),', 'class: null,\n    amount: money(line.amount),'],
  [
    'debits for credits',
    "line.side === 'debit' ? line.amount : -line.amount",
    "line.side === 'debit' ? -line.amount : line.amount",
  ],
  [
    'two decimals for every currency',
    'const money = (amount: Money) => formatMoney(amount, currency);',
    'const money = (amount: Money) => (amount / 100).toFixed(2);',
  ],
  ['a line without its tax', 'amount: money(line.tax.amount) }', 'amount: money(0 as Money) }'],
  ['the document’s tax on each line', 'amount: money(line.tax.amount) }', 'amount: money(document.total) }'],
  ['a tax left out', 'const tax = money(document.tax?.amount ?? (0 as Money));', 'const tax = money(0 as Money);'],
  [
    'a read-back that sees no change',
    'if (now.externalVersion === receipt.externalVersion)',
    'if (now.externalId === receipt.externalId)',
  ],
  [
    'a deletion read back as the same',
    "return { status: 'gone', seq, problem",
    "return { status: 'same', seq } as never ?? { problem",
  ],
  ['changes without deletions', 'const documents = changes.map(', 'const documents = changes.slice(0, -1).map('],
  ['nothing of long ago', "untold: ['invoice', 'payment', 'creditMemo', 'journal']", 'untold: []'],
  [
    'contacts that are made each time',
    'if (needs.length === 0) return [];\n      const ids = await ask<readonly string[]>',
    'const ids = needs.map(() => `contact-x-${Math.random()}`) ?? await ask<readonly string[]>',
  ],
  [
    'our total for the books’ own',
    'number, total: parseMoney(total, currency)! };',
    'number, total: (parseMoney(total, currency)! + 1) as Money };',
  ],
];

const UNDO: readonly Row[] = [
  [
    'an undo over a person’s change',
    'if (`${entry.version}` !== receipt.externalVersion) return left(',
    "if (entry.id === '') return left(",
  ],
  ['an undo that only says so', "await session.ask('DELETE',", "await session.ask('GET',"],
  ['an update that is deleted', 'if (former === undefined) {', 'if (document !== undefined) {'],
  ['an undone re-allocation that stays', "former.document.kind === 'payment' ? { allocations } : {}", '{}'],
  [
    'an undone update that leaves payments off',
    "document.kind === 'invoice'\n      ? await settlePayments",
    "document.kind === 'journal'\n      ? await settlePayments",
  ],
  ['a restored update with the old version', 'externalVersion: `${entry.version}`, ...', '...'],
  [
    'what is restored already for a person’s work',
    'if (former !== undefined && entry.key === key) return',
    'if (former === null) return',
  ],
  [
    'what is gone for a person’s work',
    "if (entry === undefined) return { status: 'gone', seq };",
    "if (entry === undefined) return left('It is not there.');",
  ],
  ['another contact after an undo', 'former.references?.[`customer/${customer}`] ?? entry.contact', '"nobody"'],
];

/** Faults in the kit's second target, which is reached over HTTP. */
export const HARBOUR_MUTANTS: readonly Mutant[] = [
  ...SESSION.map(of('harbour-session.testing.ts')),
  ...PUSH.map(of('harbour-push.testing.ts')),
  ...TARGET.map(of('harbour-target.testing.ts')),
  ...UNDO.map(of('harbour-undo.testing.ts')),
];
