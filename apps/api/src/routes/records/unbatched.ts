import { chartOf } from '@ledgerpost/batching';
import {
  type AnyTarget,
  type BatchedRef,
  buildDocument,
  type CompanyFacts,
  checkAgainstChart,
  isDate,
  LISTS,
  type List,
  PROBLEM_CODES,
  type Problem,
  type ProblemCode,
  problem,
  refKey,
  whyUntaken,
} from '@ledgerpost/core';
import {
  type CompanyTarget,
  checkedUpTo,
  listUnbatched,
  loadBuildContext,
  type Store,
  UNBATCHED_SORTS,
  type UnbatchedRow,
  unbatchedTotals,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import {
  after,
  amount,
  batchedType,
  documentProblem,
  errorAnswers,
  limit,
  operation,
  page,
  targetParams,
} from '../../views/views.ts';
import { enabledTarget } from '../look-ups.ts';

const readiness = z.enum(['ready', 'waiting', 'stopped']);
const named = z.object({ id: z.string(), name: z.string().nullable().optional() });
const day = z.string().refine(isDate, 'Send a real day as YYYY-MM-DD.').meta({ format: 'date' });

const unbatchedRow = z
  .object({
    type: batchedType,
    id: z.string(),
    operation: operation.nullable().describe('What a batch would send; null where no batch can send the record'),
    readiness: readiness.describe(
      '`waiting`: a re-allocation that is sent once its invoice is in the books or in the same batch',
    ),
    reason: z.string().nullable().describe('A problem code, if the record is stopped'),
    date: z.string(),
    number: z.string(),
    amount,
    customer: named.nullable(),
    department: named.nullable(),
    revision: z.number().int(),
    checking: z
      .boolean()
      .describe(
        'Something that it depends on changed since the last check. A worker checks it again within seconds; it can be batched',
      ),
    problems: z.array(documentProblem).describe('Why the record can’t be sent, and all other findings'),
  })
  .meta({ id: 'UnbatchedRow' });

const total = z.object({
  operation: operation.nullable(),
  readiness,
  documents: z.number().int(),
  amount,
  attention: z.number().int().describe('Of these: documents that the last check found a problem with'),
});

const unbatchedQuery = z.strictObject({
  from: day.optional().describe('Inclusive'),
  to: day.optional().describe('Inclusive'),
  departmentId: z.string().max(64).optional(),
  search: z.string().max(200).optional().describe('In number, reference and customer name; upper and lower case are the same'),
  attention: z
    .enum(['only'])
    .optional()
    .describe('Only what can’t be sent: what is stopped, and what the last preview or batch found a problem with'),
  sort: z.enum(UNBATCHED_SORTS).default('date').describe('With a hyphen, the other way round'),
  after,
  limit: limit(200),
});
type UnbatchedQuery = z.output<typeof unbatchedQuery>;

/** Records that still have something to send to a target. */
export function unbatchedRoutes(app: App, { store, targets, reads }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/targets/:target/unbatched/:list',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['unbatched'],
        summary: 'Invoices (with credit memos) or payments (with refunds) that still have something to send',
        params: targetParams.extend({ list: z.enum(LISTS) }),
        querystring: unbatchedQuery,
        response: {
          200: page(unbatchedRow).extend({
            totals: z.array(total).describe('Of all rows of the filter, not of this page alone'),
          }),
          ...errorAnswers,
        },
      },
    },
    (request) => {
      const { company, params, query } = request;
      const question = JSON.stringify(['unbatched', params.target, params.list, query, company]);
      return reads.ask(company.id, question, () => unbatchedPage({ store, targets }, company, params, query));
    },
  );
}

async function unbatchedPage(
  { store, targets }: Pick<RouteDeps, 'store' | 'targets'>,
  company: CompanyFacts,
  params: { readonly target: string; readonly list: List },
  query: UnbatchedQuery,
) {
  const { target, companyTarget } = await enabledTarget(store, targets, company, params.target);
  const { sort, after, limit, attention, ...filter } = query;
  const { settingsVersion } = companyTarget;
  const place = { companyId: company.id, target: target.id };
  const checked = await checkedUpTo(store.sql, { ...place, settingsVersion });
  const wanted = { filter, settingsVersion, checkedUpTo: checked, attention: attention === 'only' };
  const scope = { ...place, list: params.list, ...wanted };
  const [found, totals] = await Promise.all([
    listUnbatched(store, { ...scope, sort, after, limit }),
    unbatchedTotals(store, scope),
  ]);
  const problems = await problemsOf(store, target, company, companyTarget, found.rows);
  const rows = found.rows.map((row, i) => ({
    type: row.ref.type,
    id: row.ref.id,
    operation: row.operation,
    readiness: row.readiness,
    reason: row.reason,
    date: row.date,
    number: row.number,
    amount: row.amount,
    customer: row.customer,
    department: row.department,
    revision: row.revision,
    checking: row.checking,
    problems: withVerdict(problems[i]!, row.verdict),
  }));
  return { rows, ...(found.next === undefined ? {} : { next: found.next }), totals: [...totals] };
}

/** The findings about each row's document, which is built and checked as in a batch. */
async function problemsOf(
  store: Store,
  target: AnyTarget,
  company: CompanyFacts,
  { settings, delivery, connectionId }: CompanyTarget,
  rows: readonly UnbatchedRow[],
): Promise<readonly (readonly Problem[])[]> {
  const order = { company, settings, delivery, limits: target.limits(settings), target: target.id };
  const refs = rows.map((row) => row.ref);
  const { records, context } = await loadBuildContext(store.sql, order, refs);
  const recordOf = new Map(records.map((record) => [refKey(record), record]));
  const chart = await chartOf(store.sql, target, { connectionId, settings });
  return rows.map(({ ref, operation, reason, readiness }) => {
    if (reason !== null) return [stopped(ref, reason)];
    const record = recordOf.get(refKey(ref));
    if (operation === null || record === undefined) return [];
    const untaken = whyUntaken(target, operation);
    if (untaken !== undefined) return [problem('not-taken', ref, untaken)];
    const { document, problems } = buildDocument(record, operation, context);
    return [
      // The payment of a re-allocation that waits is in the books, so nothing is sent unapplied.
      ...(readiness === 'waiting' ? problems.filter(({ code }) => code !== 'payment-unapplied') : problems),
      ...(chart === undefined ? [] : checkAgainstChart(document, chart, settings)),
      ...target.validate(document, chart, settings),
    ];
  });
}

/** A page checks each record by itself; the last preview or batch also checked them together, as a number that is used twice. */
function withVerdict(problems: readonly Problem[], verdict: Problem | null): Problem[] {
  const isStopped = problems.some(({ severity }) => severity === 'problem');
  return isStopped || verdict === null ? [...problems] : [verdict, ...problems];
}

/** Why no batch can send the record. */
function stopped(ref: BatchedRef, reason: ProblemCode): Problem {
  const { meaning, cure } = PROBLEM_CODES[reason];
  return problem(reason, ref, `${meaning} ${cure}`);
}
