import type { NamedItem } from '@ledgerpost/store';
import { z } from 'zod';

/** A value of a workflow's history, as Temporal's programs send it: `data` and each value of `metadata` in base64. */
export interface Payload {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly data?: string | undefined;
}

/** The items of a batch with these numbers. */
type NamesOf = (batchId: string, seqs: readonly number[]) => Promise<readonly NamedItem[]>;

const JSON_PLAIN = Buffer.from('json/plain').toString('base64');
/** A step's result has some hundred bytes of documents. What is longer is no result of ours. */
const LONGEST = 200_000;
/** The batches that one request can be about: Temporal's programs ask for one history. */
const MOST_BATCHES = 50;

const document = z.looseObject({ seq: z.int().positive(), state: z.string() });
/** The result of a step that shows documents, see `ShownDocuments`. */
const result = z.looseObject({
  documents: z.looseObject({ batchId: z.uuid(), first: z.array(document).max(100) }),
});
type Result = z.infer<typeof result>;

/** Adds to each document that a step shows what it is and who its customer is, by today's name. Other payloads stay as they are. */
export async function namePayloads(payloads: readonly Payload[], namesOf: NamesOf): Promise<readonly Payload[]> {
  const results = payloads.map(resultIn);
  const wanted = new Map<string, Set<number>>();
  for (const { documents } of results.filter((one) => one !== undefined)) {
    const seqs = wanted.get(documents.batchId) ?? new Set();
    for (const { seq } of documents.first) seqs.add(seq);
    wanted.set(documents.batchId, seqs);
  }
  const named = new Map<string, NamedItem>();
  for (const [batchId, seqs] of [...wanted].slice(0, MOST_BATCHES))
    for (const item of await namesOf(batchId, [...seqs])) named.set(`${batchId} ${item.seq}`, item);

  return payloads.map((payload, at) => {
    const found = results[at];
    if (found === undefined) return payload;
    const { batchId, first } = found.documents;
    const shown = first.map((one) => ({ ...one, ...inWords(named.get(`${batchId} ${one.seq}`)) }));
    return withResult(payload, { ...found, documents: { ...found.documents, first: shown } });
  });
}

/** Takes off again what `namePayloads` adds, so that nobody sends a name into a history with a value that was shown. */
export function unnamePayloads(payloads: readonly Payload[]): readonly Payload[] {
  return payloads.map((payload) => {
    const found = resultIn(payload);
    if (found === undefined) return payload;
    const first = found.documents.first.map(({ document: _, customer: __, customerInBooks: ___, ...one }) => one);
    return withResult(payload, { ...found, documents: { ...found.documents, first } });
  });
}

/** What ops read of a document beside its state. */
function inWords(item: NamedItem | undefined): object {
  if (item === undefined) return {};
  const { type, number, customer } = item;
  const what = `${type === 'creditMemo' ? 'credit memo' : type} ${number}`.trim();
  return { document: what, customer: customer?.name ?? null, customerInBooks: customer?.externalId ?? null };
}

function resultIn({ metadata, data }: Payload): Result | undefined {
  if (metadata?.encoding !== JSON_PLAIN || data === undefined || data.length > LONGEST) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
    // The value itself, whose members keep their order.
    return result.safeParse(value).success ? (value as Result) : undefined;
  } catch {
    return undefined;
  }
}

function withResult(payload: Payload, changed: Result): Payload {
  return { ...payload, data: Buffer.from(JSON.stringify(changed)).toString('base64') };
}
