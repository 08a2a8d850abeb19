import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ApiProblem, answerOf, api } from '../../api/client.ts';
import { type Preview, previewQuery, type Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Field } from '../../ui/field.tsx';
import { Button, Loading, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { Window } from '../../ui/window.tsx';
import { counted } from '../../ui/words.ts';
import { downloadWhenReady } from '../downloads/waiting.ts';
import { PaymentsWarning } from './payments-warning.tsx';
import { PreviewSummary } from './preview-summary.tsx';
import { type Choices, selectionOf } from './selection.ts';
import { documentsIn } from './totals.ts';
import { withMissingInvoices } from './with-invoices.ts';

interface BatchWindowProps {
  readonly target: Target;
  readonly choices: Choices;
  /** Called with the choices and, beside them, the invoices of the chosen payments. */
  choose(choices: Choices['choices']): void;
  onClose(): void;
}

/** What a batch would send, and its start. */
export function BatchWindow({ target, choices, choose, onClose }: BatchWindowProps) {
  const company = useCompany();
  const mayBatch = useMay('poster');
  const path = { company: company.id, target: target.id };
  const selection = selectionOf(choices);
  const preview = useQuery(previewQuery(company.id, target.id, selection));
  const [name, setName] = useState<string>();
  const start = useStart(target, selection, () => void preview.refetch());
  const add = useMutation({
    mutationFn: async (shown: Preview) => choose(await withMissingInvoices(choices, shown, path)),
  });

  const title = target.capabilities.delivery === 'files' ? 'Batch & Download' : `Batch to ${target.name}`;
  const warning = preview.data?.warnings[0];
  const documents = preview.data === undefined ? 0 : documentsIn(preview.data);
  return (
    <Window title={title} open onClose={onClose} wide>
      {preview.isFetching && <Loading what="the preview" isAgain={preview.data !== undefined} />}
      {preview.isError && !preview.isFetching && <Refused error={preview.error} />}
      {preview.data && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            // While the preview is asked again, what is shown can be started: the API refuses it if the records changed.
            if (warning === undefined) start.mutate({ shown: preview.data, name, acknowledge: false });
          }}
        >
          {mayBatch && (
            <Field
              label="Name of the batch"
              required
              maxLength={100}
              value={name ?? preview.data.name}
              onChange={(next) => {
                setName(next);
                // A refusal of the former name says nothing about this one.
                start.reset();
              }}
            />
          )}
          <PreviewSummary target={target} preview={preview.data} selection={selection} />
          {warning !== undefined && (
            <PaymentsWarning warning={warning}>
              {mayBatch && (
                <>
                  <Button kind="main" isDisabled={add.isPending} onPress={() => add.mutate(preview.data)}>
                    Add the invoices
                  </Button>
                  <Button
                    isDisabled={start.isPending}
                    onPress={() => start.mutate({ shown: preview.data, name, acknowledge: true })}
                  >
                    Send payments without invoices
                  </Button>
                </>
              )}
            </PaymentsWarning>
          )}
          {start.isError && <Refused error={start.error} />}
          <Trouble error={add.error} />
          {mayBatch && warning === undefined && (
            <div className="buttons">
              <Button kind="main" type="submit" isDisabled={start.isPending || documents === 0}>
                {start.isPending ? 'Starting …' : `Batch ${counted(documents, 'document')}`}
              </Button>
              <Button onPress={onClose}>Cancel</Button>
            </div>
          )}
        </form>
      )}
    </Window>
  );
}

interface Start {
  readonly shown: Preview;
  readonly name: string | undefined;
  readonly acknowledge: boolean;
}

/** Starts a batch of what the preview showed, and opens it. */
function useStart(target: Target, selection: ReturnType<typeof selectionOf>, onChangedRecords: () => void) {
  const { id: company } = useCompany();
  const path = { company, target: target.id };
  const queries = useQueryClient();
  const [, go] = useLocation();
  // The same start, sent again after its answer was lost, must not make a second batch.
  const attempt = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: ({ shown, name, acknowledge }: Start) =>
      answerOf(
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
      if (target.capabilities.delivery === 'files') downloadWhenReady({ company, batch: batch.id });
      void queries.invalidateQueries({ queryKey: [company] });
      go(`/batches/${batch.id}`);
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem)) return;
      if (error.status < 500) attempt.current = crypto.randomUUID();
      if (error.code === 'records-changed') onChangedRecords();
    },
  });
}
