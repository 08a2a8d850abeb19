import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Link, useLocation } from 'wouter';
import { ApiProblem, api, told } from '../../api/client.ts';
import type { Preview, Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, SmallTable, Trouble, Window } from '../../ui/parts.tsx';
import { money, sum } from '../../ui/show.ts';
import { counted, operationName } from '../../ui/words.ts';
import { CureLink } from './cure-link.tsx';
import { type Choice, type Choices, isChosen, isEmpty, NOTHING, selectionOf, withRows } from './selection.ts';

interface BatchWindowProps {
  readonly target: Target;
  readonly choices: Choices;
  /** Called with the choices and, beside them, the invoices that chosen payments belong to. */
  choose(choices: Choices['choices']): void;
  onClose(): void;
}

/** What a batch would do, and its start. */
export function BatchWindow({ target, choices, choose, onClose }: BatchWindowProps) {
  const company = useCompany();
  const mayBatch = useMay('poster');
  const queries = useQueryClient();
  const [, go] = useLocation();
  const path = { company: company.id, target: target.id };
  const selection = selectionOf(choices);
  const preview = useQuery({
    queryKey: [company.id, 'preview', target.id, selection],
    queryFn: () =>
      told(api.POST('/v1/companies/{company}/targets/{target}/batches:preview', { params: { path }, body: { selection } })),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const [name, setName] = useState<string>();
  // The same start, sent again after its answer was lost, must not make a second batch.
  const attempt = useRef(crypto.randomUUID());

  const start = useMutation({
    mutationFn: ({ told: shown, acknowledge }: { told: Preview; acknowledge: boolean }) =>
      told(
        api.POST('/v1/companies/{company}/targets/{target}/batches', {
          params: { path, header: { 'idempotency-key': attempt.current } },
          body: {
            name: name ?? shown.name,
            selection,
            digest: shown.digest,
            ...(acknowledge ? { acknowledge: ['payments-without-invoices' as const] } : {}),
          },
        }),
      ),
    onSuccess: ({ batch }) => {
      void queries.invalidateQueries({ queryKey: [company.id] });
      go(`/batches/${batch.id}`);
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.status < 500) attempt.current = crypto.randomUUID();
      if (error instanceof ApiProblem && error.code === 'records-changed') void preview.refetch();
    },
  });
  const add = useMutation({ mutationFn: async (told: Preview) => choose(await withMissing(choices, told, path)) });

  const title = target.capabilities.delivery === 'files' ? 'Batch & Download' : `Batch to ${target.name}`;
  const warning = preview.data?.warnings[0];
  const documents = sum(Object.values(preview.data?.totals.operations ?? {}).map(({ documents }) => documents));
  return (
    <Window title={title} open onClose={onClose} wide>
      {preview.isFetching && <Loading what="what it would send" />}
      {preview.isError && <Refused error={preview.error} />}
      {preview.data && !preview.isFetching && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (warning === undefined) start.mutate({ told: preview.data, acknowledge: false });
          }}
        >
          {mayBatch && (
            <TextField className="field" isRequired maxLength={100} value={name ?? preview.data.name} onChange={setName}>
              <Label>Name of the batch</Label>
              <Input />
            </TextField>
          )}
          <WhatItSends target={target} preview={preview.data} />
          {warning !== undefined && (
            <Note tone="warn" label="Payments without their invoices">
              <p>
                <strong>
                  {counted(warning.count, 'payment')} would go without {warning.count === 1 ? 'its invoice' : 'their invoices'}.
                </strong>{' '}
                The invoices are unbatched and not chosen. Without them the payments stay unapplied in the books until the
                invoices follow.
              </p>
              <ul className="pairs">
                {warning.pairs.slice(0, 20).map(({ payment, invoice }) => (
                  <li key={`${payment.id} ${invoice.id}`}>
                    Payment {payment.number || payment.id} for invoice {invoice.number || invoice.id}
                  </li>
                ))}
                {warning.count > 20 && <li>and {warning.count - Math.min(20, warning.pairs.length)} more</li>}
              </ul>
              <div className="buttons">
                {mayBatch && (
                  <>
                    <Button kind="main" isDisabled={add.isPending} onPress={() => add.mutate(preview.data)}>
                      Add the invoices
                    </Button>
                    <Button isDisabled={start.isPending} onPress={() => start.mutate({ told: preview.data, acknowledge: true })}>
                      Go on without them
                    </Button>
                  </>
                )}
              </div>
            </Note>
          )}
          {start.isError && <Refused error={start.error} />}
          <Trouble error={add.error} />
          {mayBatch && warning === undefined && (
            <div className="buttons">
              <Button kind="main" type="submit" isDisabled={start.isPending || documents === 0}>
                {start.isPending ? 'Starting …' : `Batch ${counted(documents, 'document')}`}
              </Button>
              <Button onPress={onClose}>Not now</Button>
            </div>
          )}
        </form>
      )}
    </Window>
  );
}

function WhatItSends({ preview, target }: { readonly preview: Preview; readonly target: Target }) {
  const { currency } = useCompany();
  const { totals, notSelected, problems, problemCounts, names } = preview;
  const operations = Object.entries(totals.operations);
  const stopped = problems.filter(({ severity }) => severity === 'problem');
  const others = problems.filter(({ severity }) => severity !== 'problem');
  const used = [
    ...(names.customers > 0 ? [counted(names.customers, 'customer')] : []),
    ...(names.items.length > 0 ? [counted(names.items.length, 'product or service', 'products and services')] : []),
  ];
  return (
    <>
      {operations.length === 0 ? (
        <Note tone="warn">Nothing of this can be sent.</Note>
      ) : (
        <SmallTable
          caption="What would be sent"
          heads={['Document', 'Count', 'Total']}
          numbers={['Count', 'Total']}
          rows={[
            ...operations.map(([operation, { documents, amount }]) => [
              operationName(operation),
              documents.toLocaleString('en-US'),
              money(amount, currency),
            ]),
            ['Tax in it', '', money(totals.tax, currency)],
          ]}
        />
      )}
      {used.length > 0 && (
        <div>
          <p>It uses {used.join(' and ')}. What of them the books don’t have yet is created there.</p>
          {names.items.length > 0 && (
            <details>
              <summary>Products and services</summary>
              <p className="aside">
                {names.items.slice(0, 50).join(', ')}
                {names.items.length > 50 && ` and ${names.items.length - 50} more`}
              </p>
            </details>
          )}
        </div>
      )}
      {notSelected.length > 0 && (
        <details>
          <summary>{counted(sum(notSelected.map(({ documents }) => documents)), 'record')} can’t be sent now</summary>
          <SmallTable
            caption="What stays unbatched"
            heads={['Why', 'Count', 'Total']}
            numbers={['Count', 'Total']}
            rows={notSelected.map(({ reason, documents, amount }) => [
              reason,
              documents.toLocaleString('en-US'),
              money(amount, currency),
            ])}
          />
        </details>
      )}
      {stopped.length > 0 && (
        <details open>
          <summary>
            {counted(stopped.length, 'problem')}
            {Object.keys(problemCounts).length > 0 && ': what has one stays unbatched'}
          </summary>
          <ProblemList problems={stopped} target={target} />
        </details>
      )}
      {others.length > 0 && (
        <details>
          <summary>{counted(others.length, 'notice')}</summary>
          <ProblemList problems={others} target={target} />
        </details>
      )}
    </>
  );
}

function ProblemList({ problems, target }: { readonly problems: Preview['problems']; readonly target: Target }) {
  return (
    <ul className="problems">
      {problems.slice(0, 50).map(({ code, number, record, message, severity, field }) => (
        <li key={`${code} ${record.type} ${record.id} ${field} ${message}`} className={severity}>
          <strong>
            {record.type} {number || record.id}
          </strong>{' '}
          {message}
          <CureLink code={code} target={target} />
        </li>
      ))}
      {problems.length > 50 && <li>and {problems.length - 50} more</li>}
    </ul>
  );
}

/** A refusal with the way out of it, where there is one. */
export function Refused({ error }: { readonly error: Error }) {
  const open =
    error instanceof ApiProblem && error.code === 'batch-open' ? (error.details.batch as { id: string } | undefined) : undefined;
  const unconnected = error instanceof ApiProblem && (error.code === 'not-connected' || error.code === 'access-lost');
  return (
    <Note tone="bad">
      <p>{error.message}</p>
      {open !== undefined && (
        <p>
          <Link href={`/batches/${open.id}`}>Open that batch</Link>
        </p>
      )}
      {unconnected && (
        <p>
          <Link href="/books">Go to the connection</Link>
        </p>
      )}
    </Note>
  );
}

async function withMissing(
  { choices, filters }: Choices,
  { warnings }: Preview,
  path: { company: string; target: string },
): Promise<Choices['choices']> {
  const missing = warnings.flatMap(({ pairs }) => pairs.map(({ invoice }) => ({ type: 'invoice' as const, id: invoice.id })));
  const everything = choices.invoices.by === 'nothing' && choices.payments.by === 'nothing';
  // What was unsaid has to be said once something is chosen.
  const { invoices, payments } = everything ? { invoices: ALL, payments: ALL } : choices;
  if (invoices.by !== 'all' || isEmpty(filters.invoices)) return { invoices: withRows(invoices, missing), payments };
  // Some lie outside the filter, and one choice can't be both: so those that it shows are named one by one.
  const shown = await refsOf(filters.invoices, path);
  const kept = shown.filter((ref) => isChosen(invoices, ref));
  return { invoices: withRows(NOTHING, [...kept, ...missing]), payments };
}

const ALL: Choice = { by: 'all', except: new Map() };

async function refsOf(filter: Choices['filters']['invoices'], path: { company: string; target: string }) {
  const refs: { type: 'invoice' | 'creditMemo'; id: string }[] = [];
  for (let after: string | undefined; ; ) {
    const params = {
      path: { ...path, list: 'invoices' as const },
      query: { ...filter, limit: 200, ...(after === undefined ? {} : { after }) },
    };
    const page = await told(api.GET('/v1/companies/{company}/targets/{target}/unbatched/{list}', { params }));
    for (const { type, id, readiness } of page.rows) {
      if (readiness === 'ready' && (type === 'invoice' || type === 'creditMemo')) refs.push({ type, id });
    }
    if (page.next === undefined) return refs;
    after = page.next;
  }
}
