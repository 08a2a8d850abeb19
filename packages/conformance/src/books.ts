import type { AnyTarget, Call, Document, ExportedItem, PostedItem, PushOutcome, Receipt, TargetContext } from '@ledgerpost/core';
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
export async function openBooks(subject: Subject, context: TargetContext = contextOf(subject)) {
  const { target, settings, chart } = subject;
  const delivery = pushOf(target);
  const session = target.open(settings, context);
  const references: Record<string, string> = {};
  const linked: Record<string, string> = {};
  let seq = 0;

  async function refer(documents: readonly Document[]): Promise<void> {
    const needs = documents.flatMap((document) => delivery.needs(document, chart, settings));
    const found = await delivery.find(session, needs);
    const missing = found.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
    for (const outcome of [...found, ...(await delivery.create(session, missing))]) {
      const { kind, key, name } = outcome.need;
      if (outcome.status === 'found' || outcome.status === 'created') references[`${kind}/${key ?? name}`] = outcome.externalId;
    }
  }
  function item(document: Document, former?: Receipt): ExportedItem {
    seq += 1;
    const payload = JSON.parse(JSON.stringify(target.export(document, chart, settings)));
    // A key of its own each time: two sessions of one law may send the same record.
    const key = `${keys++}-${document.record.id}`.slice(0, 36);
    const own = { seq, record: document.record, operation: document.operation, key, payload, linked };
    return former ? { ...own, former } : own;
  }
  const books = {
    session,
    /** One item by itself, as an update or void that follows `former`. */
    async callFor(document: Document, former: Receipt): Promise<Call> {
      await refer([document]);
      const own = item(document, former);
      return { requestId: `r-${own.key}`.slice(0, 36), attempt: 1, items: [own], references };
    },
    /** Calls as the engine makes them: in the order of the stages, no larger than the target accepts. */
    async callsFor(documents: readonly Document[]): Promise<readonly Call[]> {
      await refer(documents);
      const items = byStage(target, documents).map((document) => item(document));
      const calls: Call[] = [];
      for (let at = 0; at < items.length; at += delivery.itemsPerPush) {
        const own = items.slice(at, at + delivery.itemsPerPush);
        calls.push({ requestId: `r-${own[0]!.key}`.slice(0, 36), attempt: 1, items: own, references });
      }
      return calls;
    },
    async push(call: Call): Promise<readonly PushOutcome[]> {
      const outcomes = await delivery.push(session, call);
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'created' || outcome.status === 'existed')
          linked[call.items[index]!.record.id] = outcome.receipt.externalId;
      }
      return outcomes;
    },
    /** Posts the documents and keeps what an undo or a read-back needs, newest first, as the engine passes it. */
    async post(documents: readonly Document[]): Promise<readonly PostedItem[]> {
      const byRecord = new Map(documents.map((document) => [document.record.type + document.record.id, document]));
      const posted: PostedItem[] = [];
      for (const call of await books.callsFor(documents)) {
        for (const [index, outcome] of (await books.push(call)).entries()) {
          const { seq, record, operation, key } = call.items[index]!;
          const document = byRecord.get(record.type + record.id)!;
          posted.push({ seq, record, operation, key, document, receipt: receiptOf(outcome) });
        }
      }
      return posted.reverse();
    },
  };
  return books;
}

let keys = 1;

/** The receipt of a sound document's outcome. Throws if there is none. */
export function receiptOf(outcome: PushOutcome): Receipt {
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
