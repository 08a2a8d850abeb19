import { type ItemState, RETRIABLE_ITEM_STATES } from '@ledgerpost/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { type BatchItem, causesQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { csvOf, saveText } from '../../ui/save-file.ts';
import { countOf } from '../../ui/states.ts';
import type { OfBatch } from '../batches/batch-of.ts';
import { useRetry } from '../batches/use-retry.ts';
import { CauseList } from './cause-list.tsx';
import { documentsOf, problemRows } from './cause-words.ts';

/** What is wrong with the documents of a batch, by cause, and all of it as a spreadsheet. */
export function BatchProblems({ batch, target }: OfBatch) {
  const { id: company } = useCompany();
  const mayPost = useMay('poster');
  const retry = useRetry(batch, target?.capabilities.delivery === 'files');
  const causes = useQuery(causesQuery(company, batch.id));
  const save = useMutation({
    mutationFn: async () => saveText(`${batch.name} problems.csv`, csvOf(problemRows(await problemsOf(company, batch.id)))),
  });
  if (causes.isPending) return <Loading what="the problems" />;
  if (causes.isError) return <Trouble error={causes.error} />;
  if (causes.data.length === 0 || target === undefined) return <p className="empty">No document of this batch has a problem.</p>;
  return (
    <div className="stack">
      <CauseList
        causes={causes.data}
        target={target}
        act={(cause) =>
          mayPost &&
          batch.ended &&
          cause.severity === 'problem' &&
          countOf(batch, RETRIABLE_ITEM_STATES) > 0 && (
            <Button kind="quiet" isDisabled={retry.isPending} onPress={() => retry.mutate(cause)}>
              Retry {documentsOf(cause)}
            </Button>
          )
        }
      />
      {retry.isError && <Refused error={retry.error} />}
      <div className="buttons">
        <Button isDisabled={save.isPending} onPress={() => save.mutate()}>
          {save.isPending ? 'Exporting …' : 'Export as CSV'}
        </Button>
      </div>
      <Trouble error={save.error} />
    </div>
  );
}

/** The problems of all documents, page by page. */
async function problemsOf(company: string, batch: string) {
  const all: (BatchItem['problems'][number] & { number: string })[] = [];
  for (let after: string | undefined; ; ) {
    const query: { limit: number; after?: string; state?: ItemState } = {
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    };
    const page = await answerOf(
      api.GET('/v1/companies/{company}/batches/{batch}/items', { params: { path: { company, batch }, query } }),
    );
    for (const { number, problems } of page.rows) all.push(...problems.map((problem) => ({ ...problem, number })));
    if (page.next === undefined) return all;
    after = page.next;
  }
}
