import {
  type AnyTarget,
  type AppliedPart,
  type Call,
  callLength,
  type Document,
  type ExportedItem,
  type Money,
  type Moved,
  type PostedItem,
  type PushOutcome,
  type Receipt,
  type TargetContext,
  type UndoOutcome,
} from '@ledgerpost/core';
import { demand, type Subject } from './law.ts';
import { byStage } from './laws/documents.ts';

/** The kit's own context, for what the author does not give: no network, no access, and a clock that never moves. */
export function contextOf({ given }: Subject): TargetContext {
  return {
    connectionId: 'kit',
    fetch: () => Promise.reject(new Error('The kit has no network. Give it one as the member `context`.')),
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 9, 3),
    log: () => {},
    access: () => Promise.reject(new Error('The kit has no access. Give it one as the member `context`.')),
    renew: () => Promise.reject(new Error('The kit has no access to renew. Give it one as the member `context`.')),
    permit: async () => ({ release: () => {} }),
    pause: async () => {},
    ...given.context,
  };
}

/** A session with everything that pushing needs. It does around a push what the engine does. */
export async function openBooks(subject: Subject, context: TargetContext = contextOf(subject), itemsPerCall?: number) {
  const { target, settings, chart } = subject;
  const delivery = pushOf(target);
  const session = target.open(settings, context);
  const references: Record<string, string> = {};
  /** What stands posted, by `type/id` of the record. */
  const standing = new Map<string, PostedItem>();
  /** Calls as they were stored: sent again, they are the same. */
  const stored = new Map<string, Call>();
  /** Outcomes of calls that the target still works on. */
  const answered = new Map<string, readonly PushOutcome[]>();
  const documents = new Map<number, Document>();
  let seq = 0;

  async function refer(wanted: readonly Document[]): Promise<void> {
    const needs = wanted
      .flatMap((document) => delivery.needs(document, chart, settings))
      .filter(({ kind, key, name }) => references[`${kind}/${key ?? name}`] === undefined);
    const found = await delivery.find(session, needs);
    const missing = found.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
    for (const outcome of [...found, ...(await delivery.create(session, missing))]) {
      const { kind, key, name } = outcome.need;
      if (outcome.status === 'found' || outcome.status === 'created') references[`${kind}/${key ?? name}`] = outcome.externalId;
    }
  }
  function item(document: Document): ExportedItem {
    seq += 1;
    documents.set(seq, document);
    const payload = JSON.parse(JSON.stringify(target.export(document, chart, settings)));
    // A key of its own each time: two sessions of one law may send the same record.
    const key = `${keys++}-${document.record.id}`.slice(0, 36);
    return { seq, record: document.record, operation: document.operation, key, payload };
  }
  /** The posted payments that apply something to an invoice. */
  const payersOf = (invoiceId: string) =>
    [...standing.values()].flatMap(({ document, receipt }) =>
      (document.kind === 'payment' ? document.applied : []).flatMap((part) =>
        part.invoiceId === invoiceId ? [{ ...part, receipt }] : [],
      ),
    );
  /** What the engine knows of the documents that a write may move: looked up when the call is stored. */
  function related(document: Document, former: Document | undefined): Pick<ExportedItem, 'linked' | 'paidBy' | 'versions'> {
    const versions: Record<string, string> = {};
    const know = (kind: string, { externalId, externalVersion }: Receipt) => {
      if (externalVersion !== undefined) versions[`${kind}/${externalId}`] = externalVersion;
      return externalId;
    };
    if (document.kind === 'payment' || document.kind === 'creditMemo') {
      const parts = [...appliedIn(document), ...appliedIn(former)];
      const linked = parts.flatMap(({ invoiceId }) => {
        const receipt = standing.get(`invoice/${invoiceId}`)?.receipt;
        return receipt === undefined ? [] : [[invoiceId, know('invoice', receipt)] as const];
      });
      return { linked: Object.fromEntries(linked), versions };
    }
    if (document.kind !== 'invoice') return {};
    const paidBy: Record<string, Money> = {};
    for (const { receipt, amount } of payersOf(document.record.id)) {
      const id = know('payment', receipt);
      paidBy[id] = ((paidBy[id] ?? 0) + amount) as Money;
    }
    return { paidBy, versions };
  }
  function filled(call: Call): Call {
    const items = call.items.map((one) => {
      const document = documents.get(one.seq)!;
      const before = standing.get(refOf(one));
      if (document.operation.endsWith('.insert'))
        return { ...one, ...(document.kind === 'invoice' ? {} : related(document, undefined)) };
      const kept = before?.references === undefined ? {} : { references: before.references };
      const former = one.former ?? (before && { ...knownOf(before.receipt), ...kept });
      return { ...one, ...related(document, before?.document), ...(former === undefined ? {} : { former }) };
    });
    const whole = structuredClone({ ...call, items, references: { ...references } });
    stored.set(call.requestId, whole);
    return whole;
  }
  /** Versions that a write moved replace ours. */
  function settleMoves(moved: readonly Moved[] = []): void {
    for (const [id, posted] of standing) {
      const move = moved.find(
        ({ externalId, kind }) => externalId === posted.receipt.externalId && kind === posted.document.kind,
      );
      if (move !== undefined)
        standing.set(id, { ...posted, receipt: { ...posted.receipt, externalVersion: move.externalVersion } });
    }
  }
  function keep(call: Call, outcomes: readonly PushOutcome[]): readonly PostedItem[] {
    const posted = outcomes.flatMap((outcome, index): readonly PostedItem[] => {
      if (outcome.status !== 'created' && outcome.status !== 'existed') return [];
      const { seq: at, record, operation, key } = call.items[index]!;
      const before = standing.get(refOf({ record }));
      const { details: _, ...former } = before?.receipt ?? { externalId: '' };
      const own = before?.references === undefined ? {} : { references: before.references };
      const one: PostedItem = {
        ...{ seq: at, record, operation, key, document: documents.get(at)!, receipt: asStored(outcome.receipt) },
        references: { ...call.references },
        ...(operation.endsWith('.insert') || before === undefined
          ? {}
          : { former: { document: before.document, receipt: former, ...own } }),
      };
      standing.set(refOf(one), one);
      return [one];
    });
    for (const outcome of outcomes) if ('moved' in outcome) settleMoves(outcome.moved);
    return posted;
  }

  /** Asks for what the target still works on, as often as needed. Its tickets are kept first, so nothing is sent again after a lost answer. */
  async function untilSettled(call: Call, first: readonly PushOutcome[]): Promise<readonly PushOutcome[]> {
    let outcomes = first;
    for (let asked = 0; outcomes.some(({ status }) => status === 'pending'); asked++) {
      answered.set(call.requestId, outcomes);
      demand(delivery.poll !== undefined, 'An outcome is `pending`, and the target has no `poll` to ask for it.');
      if (asked === MOST_QUESTIONS) throw new Error(`After ${MOST_QUESTIONS} questions a document is still pending.`);
      const tickets = outcomes.flatMap((outcome) => {
        const item = call.items.find(({ seq: at }) => at === outcome.seq)!;
        return outcome.status === 'pending' ? [{ ticket: outcome.ticket, item, references: call.references }] : [];
      });
      const news = await delivery.poll(session, tickets);
      outcomes = outcomes.map((one) => (one.status === 'pending' ? (news.find(({ seq: at }) => at === one.seq) ?? one) : one));
    }
    answered.delete(call.requestId);
    return outcomes;
  }

  const books = {
    session,
    /** One item by itself, as an update or void that follows `former`. */
    async callFor(document: Document, former: Receipt): Promise<Call> {
      await refer([document]);
      const own = { ...item(document), former: knownOf(former) };
      return { requestId: `r-${own.key}`.slice(0, 36), attempt: 1, items: [own], references };
    },
    /** Calls as the engine makes them: stage by stage, no larger than the target accepts. What they refer to is filled in by `push`. */
    async callsFor(wanted: readonly Document[]): Promise<readonly Call[]> {
      await refer(wanted);
      const calls: Call[] = [];
      for (const { operations } of target.stages) {
        const items = byStage(target, wanted)
          .filter(({ operation }) => operations.includes(operation))
          .map(item);
        while (items.length > 0) {
          const length = callLength(
            itemsPerCall ?? delivery.itemsPerPush,
            items.map(({ operation }) => operation),
          );
          const own = items.splice(0, length);
          calls.push({ requestId: `r-${own[0]!.key}`.slice(0, 36), attempt: 1, items: own, references });
        }
      }
      return calls;
    },
    /** Sends a call, with what is known when it is sent first; sent again, it is the same. */
    async push(call: Call): Promise<readonly PushOutcome[]> {
      const whole = stored.get(call.requestId) ?? filled(call);
      const before = answered.get(call.requestId);
      const first =
        before ??
        (await delivery.push(session, {
          ...whole,
          attempt: call.attempt,
          ...(call.round === undefined ? {} : { round: call.round }),
          ...(call.keysExpired === undefined ? {} : { keysExpired: call.keysExpired }),
        }));
      const outcomes = await untilSettled(whole, first);
      keep(whole, outcomes);
      return outcomes;
    },
    /** Sends a call once, and asks for nothing that the target still works on. */
    async send(call: Call): Promise<readonly PushOutcome[]> {
      const whole = stored.get(call.requestId) ?? filled(call);
      const expired = call.keysExpired === undefined ? {} : { keysExpired: call.keysExpired };
      return delivery.push(session, { ...whole, attempt: call.attempt, ...expired });
    },
    /** Posts the documents and keeps what an undo or a read-back needs, newest first, as the engine passes it. */
    async post(wanted: readonly Document[]): Promise<readonly PostedItem[]> {
      const posted: PostedItem[] = [];
      for (const call of await books.callsFor(wanted)) {
        const outcomes = await books.push(call);
        for (const outcome of outcomes) receiptOf(outcome);
        posted.push(...call.items.map((one) => standing.get(refOf(one))!));
      }
      return posted.reverse();
    },
    /** A posted document as the engine would pass it now: with its newest version, and what its undo may move. */
    standing({ record }: Pick<Document, 'record'>): PostedItem {
      const posted = standing.get(refOf({ record }));
      demand(posted !== undefined, `${record.id} is not posted.`);
      return { ...posted, ...related(posted.document, posted.former?.document) };
    },
    /** Takes back as the engine does: newest first, and what was restored stands again. */
    async takeBack(items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> {
      demand(target.undo.by === 'target', 'Only for targets that undo documents themselves.');
      const known = items.map((one) => ({ ...one, ...related(one.document, one.former?.document) }));
      const outcomes = await target.undo.takeBack(session, known, chart);
      for (const [at, outcome] of outcomes.entries()) {
        const { record, former } = items[at]!;
        if (outcome.status === 'left') continue;
        settleMoves(outcome.moved);
        if (former === undefined) standing.delete(refOf({ record }));
        else {
          const version = outcome.externalVersion === undefined ? {} : { externalVersion: outcome.externalVersion };
          const operation = former.document.operation;
          const { former: _, ...one } = items[at]!;
          standing.set(refOf({ record }), {
            ...{ ...one, operation, document: former.document, receipt: { ...former.receipt, ...version } },
            ...(former.references === undefined ? {} : { references: former.references }),
          });
        }
      }
      return outcomes;
    },
  };
  return books;
}

/** A session with everything that pushing needs. */
export type Books = Awaited<ReturnType<typeof openBooks>>;

let keys = 1;
/** So often the kit asks for a document that a target works on. */
const MOST_QUESTIONS = 50;

function appliedIn(document: Document | undefined): readonly AppliedPart[] {
  return document?.kind === 'payment' || document?.kind === 'creditMemo' ? (document.applied ?? []) : [];
}

function refOf({ record }: Pick<Document, 'record'>): string {
  return `${record.type}/${record.id}`;
}

/** What the engine keeps of a receipt for a later write. */
function knownOf({ externalId, externalVersion, details }: Receipt): NonNullable<ExportedItem['former']> {
  return {
    externalId,
    ...(externalVersion === undefined ? {} : { externalVersion }),
    ...(details === undefined ? {} : { details }),
  };
}

/** A receipt as storage returns it. */
function asStored(receipt: Receipt): Receipt {
  return JSON.parse(JSON.stringify(receipt)) as Receipt;
}

/** The receipt of a sound document's outcome. Throws if there is none. */
export function receiptOf(outcome: PushOutcome): Receipt {
  if (outcome.status === 'pending') throw new Error('A document is still pending.');
  if (outcome.status === 'conflict' || outcome.status === 'refused')
    throw new Error(`A sound document came back as ${outcome.status}: ${outcome.problem.message}`);
  return outcome.receipt;
}

/** The delivery of a push target. */
export function pushOf(target: AnyTarget): Extract<AnyTarget['delivery'], { by: 'push' }> {
  demand(target.delivery.by === 'push', 'Only for push targets.');
  return target.delivery;
}

/** The books' content under an external id. */
export async function look({ given }: Subject, externalId: string) {
  demand(given.look !== undefined, 'Give the kit a way to read the books: the member `look`.');
  return given.look(externalId);
}

/** The number of documents in the books. */
export async function count({ given }: Subject): Promise<number> {
  demand(given.count !== undefined, 'Give the kit the number of documents in the books: the member `count`.');
  return given.count();
}

/** A person changes a document. */
export async function edit({ given }: Subject, externalId: string): Promise<void> {
  demand(given.edit !== undefined, 'Give the kit a way to change a document in the books as a person would: the member `edit`.');
  await given.edit(externalId);
}
