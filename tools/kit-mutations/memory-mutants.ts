// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs, with their own placeholders

import type { Mutant } from './mutants.ts';

type Row = readonly [what: string, find: string, replace: string];
const of =
  (file: string) =>
  ([what, find, replace]: Row): Mutant => ({ on: 'memory', what, file: `packages/conformance/src/${file}`, find, replace });

const TARGET: readonly Row[] = [
  [
    'an operation in two stages',
    "operations: ['invoice.update', 'invoice.void']",
    "operations: ['invoice.update', 'invoice.insert']",
  ],
  ['a bucket that is not among the limits', 'limits: { calls:', 'limits: { requests:'],
  ['calls larger than the vendor accepts', 'itemsPerPush: 10', 'itemsPerPush: 50'],
  [
    'a payload without its currency’s amount',
    'structuredClone(document) as MemoryPayload',
    "({ ...document, ...('total' in document ? { total: document.total / 100 } : {}) }) as never",
  ],
  ['a limit of nothing', 'refNo: 21', 'refNo: 0'],
  ['books without an id', "{ company: 'Memory', account: 'memory' }", "{ company: 'Memory' }"],
  ['names without their kind', "needs.push({ kind: 'customer', key: customer.id", "needs.push({ kind: 'item', key: customer.id"],
  [
    'names that are never found',
    "if (externalId === undefined) return { status: 'missing', need };",
    "if (need.name !== '') return { status: 'missing', need };",
  ],
  ['a find that creates', 'needs.map((need) => find(books, need))', 'needs.map((need) => create(books, need))'],
  ['a name created each time', "if (there !== undefined) return { status: 'found', need, externalId: there };", ''],
  [
    'outcomes in another order',
    'return outcomes;\n      },\n    },\n    readback',
    'return outcomes.toReversed();\n      },\n    },\n    readback',
  ],
  ['payments that are never applied', 'if (payments.length > 0) await', 'if (payments.length > 99) await'],
  [
    'payments applied only if the call was whole',
    'const payments = paymentsOf(call);',
    'const payments = call.attempt === 1 ? paymentsOf(call) : [];',
  ],
  [
    'a read-back that sees no change',
    "if (`${held.version}` === receipt.externalVersion) return { status: 'same', seq };",
    "if (held !== undefined) return { status: 'same', seq };",
  ],
  [
    'a deletion read back as a change',
    "return { status: 'gone', seq, problem: problem('changed-there', record, GONE) };",
    "return { status: 'changed', seq, problem: problem('changed-there', record, GONE) };",
  ],
  ['a kept change with the old version', 'externalVersion: `${held.version}`, total: held.total };', 'total: held.total };'],
  ['changes without deletions', '[...new Map([...then, ...now])]', '[...now]'],
  [
    'changes that leave out payments',
    'untold: [], through };\n        }),',
    'untold: [], through };\n        }).then((all) => ({ ...all, documents: all.documents.filter(({ kind }) => kind !== "payment") })),',
  ],
  ['nothing of long ago', 'untold: KINDS, through', 'untold: [], through'],
  [
    'an undo of the first items alone',
    'at < items.length; at += TAKEN_AT_ONCE',
    'at < Math.min(items.length, 5); at += TAKEN_AT_ONCE',
  ],
  [
    'undo outcomes in another order',
    'return outcomes;\n      },\n    },\n  };',
    'return outcomes.toReversed();\n      },\n    },\n  };',
  ],
];

const WIRE: readonly Row[] = [
  ['a permit that is never released', 'permit?.release();', ''],
  ['a permit kept after a failure', '  } finally {\n    permit?.release();\n  }', '    permit?.release();\n  } finally {\n  }'],
  ['no permit', "await session.permit?.('calls')", 'undefined as never as { release(): void } | undefined'],
  [
    'a request before its permit is there',
    "const permit = await session.permit?.('calls');",
    "const permit = { release() {} };\n  void session.permit?.('calls').then((one) => one.release(), () => {});",
  ],
  ['a throttle without a pause', "if (fault === 'throttled') await session.pause?.(FAULTS.throttled().retryAfterMs!);", ''],
  ['a support id that is dropped', 'session.trace?.(id);', ''],
  [
    'a support id of good answers alone',
    '    session.trace?.(id);\n',
    '    if (faultOf({ ...books, trouble: books.trouble && { ...books.trouble } }, []) === undefined) session.trace?.(id);\n',
  ],
  ['a signal that goes nowhere', 'await stall(session.signal)', 'await stall(undefined)'],
  [
    'a failure that is taken for an answer',
    "if (fault !== undefined && fault !== 'lost-reply') throw FAULTS[fault]();",
    "if (fault !== undefined && fault !== 'lost-reply') return work();",
  ],
];

const POSTING: readonly Row[] = [
  [
    'keys that are not looked at',
    "if (answer) return { status: 'existed', seq, receipt: answer, ...moved(books.moves.get(key)) };",
    '',
  ],
  [
    'one key for each record',
    'const answer = books.answers.get(key);',
    'const answer = [...books.answers].find(([one]) => one.endsWith(key.split("-").slice(1).join("-")))?.[1];',
  ],
  ['a refusal without the reason', '`The books refuse ${numberOf(payload)}.`', "'The document was refused.'"],
  ['a refusal that is no refusal', 'if (books.refused.has(numberOf(payload)))', 'if (false)'],
  [
    'an update over a person’s change',
    'if (former && `${before?.version}` !== former.externalVersion)',
    'if (former && before === undefined)',
  ],
  ['a conflict with another id', 'externalId: former.externalId, problem', 'externalId: record.id, problem'],
  [
    'an update that is a second document',
    'former?.externalId ?? `${record.type}-${books.answers.size + 1}`',
    '`${record.type}-${books.answers.size + 1}`',
  ],
  ['another customer', '`customer/${payload.customer.id}`]', 'Object.keys(references)[0]!]'],
  ['ids that two documents share', '`${record.type}-${books.answers.size + 1}`', '`${record.type}-${record.id}`.slice(0, 9)'],
  [
    'an update that forgets what was paid',
    'const moves = before && payload.kind',
    'const moves = before === null && payload.kind',
  ],
  ['moves that are named once', 'receipt: answer, ...moved(books.moves.get(key))', 'receipt: answer'],
  ['a payment applied to its first invoice', 'applied[id] = (applied[id] ?? 0) + amount;', 'applied[id] ??= amount; break;'],
  ['applied without amounts', 'applied[id] = (applied[id] ?? 0) + amount;', 'applied[id] = 1;'],
  [
    'a removed document that can’t be undone again',
    "if (!held) return { status: 'gone', seq };",
    "if (!held) return { status: 'left', seq, problem: problem('changed-there', record, CHANGED) };",
  ],
  [
    'an undo over a person’s change',
    "if (`${held.version}` !== externalVersion) return { status: 'left', seq, problem: problem('changed-there', record, CHANGED) };",
    '',
  ],
  ['an update that is deleted', "if (!former && !operation.endsWith('.insert'))", 'if (false)'],
  ['an undo that only says so', 'books.held.delete(externalId);\n    return', 'return'],
  ['a restored update with the old version', 'externalVersion: receipt.externalVersion!', 'externalVersion: externalVersion!'],
  ['an undone re-allocation that stays', 'applied: appliedBy(former.document, item.linked) }', 'applied: back.applied ?? {} }'],
  [
    'an undone update that leaves payments off',
    "former.document.kind === 'invoice' ? fitPayments(books, externalId, item) : []",
    '[]',
  ],
  ['an invoice that keeps more than its total', 'const change = room < 0 ?', 'const change = false ?'],
  ['payments that are not given back', ': Math.max(more, 0);', ': 0;'],
  ['a person’s change named as ours', 'if (versions[`payment/${id}`] === `${held.version}`)', 'if (versions !== undefined)'],
  ['moves that nobody hears of', "moves.push({ kind: 'payment', externalId: id, externalVersion: `${version}` });", 'continue;'],
  ['a cent lost', 'amountOf(document) + (books', 'amountOf(document) - 1 + (books'],
  [
    'our total for the books’ own',
    'number, total, details: { version } };',
    'number, total: (total + 1) as Money, details: { version } };',
  ],
  ['a version that does not rise', 'const version = (before?.version ?? 0) + 1;', 'const version = before?.version ?? 1;'],
  [
    'an update that loses the payment’s invoices',
    'const kept = before?.applied === undefined ?',
    'const kept = before !== undefined ?',
  ],
];

/** Faults in the target in memory. */
export const MEMORY_MUTANTS: readonly Mutant[] = [
  ...TARGET.map(of('memory-target.ts')),
  ...WIRE.map(of('memory-wire.ts')),
  ...POSTING.map(of('memory-posting.ts')),
];
