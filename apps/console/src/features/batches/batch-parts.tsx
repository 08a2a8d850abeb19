import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  type Batch,
  type BatchItem,
  filesQuery,
  itemQuery,
  itemsQuery,
  journalQuery,
  ledgerQuery,
  type Target,
  verificationQuery,
} from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { LongTable } from '../../ui/long-table.tsx';
import { useMore, useRows } from '../../ui/paged.tsx';
import { Badge, Button, Facts, Loading, Note, SmallTable, Trouble, Window } from '../../ui/parts.tsx';
import { money, when, who } from '../../ui/show.ts';
import { counted, ITEM_STATES, operationName, toneOfItem } from '../../ui/words.ts';
import { actInWords, detailsInWords } from './journal-words.ts';
import { useVerify } from './verify.ts';

interface OfBatch {
  readonly batch: Batch;
}

/** The documents, each with what became of it. */
export function Items({ batch }: OfBatch) {
  const { id: company, currency } = useCompany();
  const [said, say] = useAddress();
  const state = (said.get('state') as BatchItem['state'] | null) ?? undefined;
  const setState = (one: BatchItem['state'] | undefined) => say({ state: one });
  const open = /^[1-9]\d*$/.test(said.get('document') ?? '') ? Number(said.get('document')) : undefined;
  const moves = batch.state === 'pushing' || batch.state === 'undoing';
  const query = useInfiniteQuery({ ...itemsQuery(company, batch.id, state), refetchInterval: moves ? 5_000 : false });
  const more = useMore(query);
  const rows = useRows(query);
  const states = Object.entries(batch.progress.states).filter(([, count]) => count > 0) as [BatchItem['state'], number][];
  return (
    <>
      <fieldset className="chips">
        <legend className="hidden">State of the documents</legend>
        <Button
          kind={state === undefined ? 'main' : 'plain'}
          aria-pressed={state === undefined}
          onPress={() => setState(undefined)}
        >
          All {batch.progress.items.toLocaleString('en-US')}
        </Button>
        {states.map(([one, count]) => (
          <Button key={one} kind={state === one ? 'main' : 'plain'} aria-pressed={state === one} onPress={() => setState(one)}>
            {ITEM_STATES[one]} {count.toLocaleString('en-US')}
          </Button>
        ))}
      </fieldset>
      <Trouble error={query.error} />
      {query.isPending && <Loading what="documents" />}
      {query.data !== undefined && rows.length === 0 && <p className="empty">No documents here.</p>}
      {rows.length > 0 && (
        <LongTable
          label="Documents of the batch"
          kind="items"
          rowHeight={48}
          heads={['Document', 'Number', 'State', 'In the books as', 'Amount']}
          rows={rows}
          count={state === undefined ? batch.progress.items : batch.progress.states[state]}
          keyOf={seqOf}
          more={more}
          cells={(item) => [
            <Button
              key="open"
              kind="quiet"
              onPress={() => say({ document: String(item.seq) }, 'step')}
              aria-label={`${operationName(item.operation)} ${item.number || item.record.id}: details`}
            >
              {operationName(item.operation)}
            </Button>,
            item.number || item.record.id,
            <Badge key="state" tone={toneOfItem(item.state)}>
              {ITEM_STATES[item.state]}
            </Badge>,
            item.externalId ?? '',
            money(item.amount, currency),
          ]}
          below={({ problems, state: of, targetTotal, amount }) =>
            (problems.length > 0 || of === 'differs') && (
              <ul className="problems">
                {of === 'differs' && targetTotal !== null && (
                  <li className="warning">
                    The books hold {money(targetTotal, currency)} and not {money(amount, currency)}.
                  </li>
                )}
                {problems.map(({ code, severity, message, field }) => (
                  <li key={`${code} ${field} ${message}`} className={severity}>
                    {message}
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
      {open !== undefined && <ItemWindow batch={batch} seq={open} onClose={() => say({ document: undefined })} />}
    </>
  );
}

const seqOf = ({ seq }: BatchItem) => String(seq);

/** One document with what the target answered, and each attempt to send it. */
function ItemWindow({ batch, seq, onClose }: OfBatch & { readonly seq: number; onClose(): void }) {
  const { id: company, currency, timeZone } = useCompany();
  const { data: item, error, isPending } = useQuery(itemQuery(company, batch.id, seq));
  return (
    <Window
      title={item === undefined ? `Document ${seq}` : `${operationName(item.operation)} ${item.number}`}
      open
      onClose={onClose}
      wide
    >
      {isPending && <Loading what="the document" />}
      <Trouble error={error} />
      {item !== undefined && (
        <div className="stack">
          <Facts
            facts={[
              ['Record', `${item.record.type} ${item.record.id}`],
              [
                'State',
                <Badge key="state" tone={toneOfItem(item.state)}>
                  {ITEM_STATES[item.state]}
                </Badge>,
              ],
              ['Amount', money(item.amount, currency)],
              [
                'In the books as',
                item.page === undefined ? (
                  item.externalId
                ) : (
                  <a key="page" href={item.page} target="_blank" rel="noreferrer">
                    {item.externalId}, look at it there
                  </a>
                ),
              ],
              ['Number in the books', item.receipt?.number],
              ['Total in the books', item.targetTotal === null ? null : money(item.targetTotal, currency)],
              ['Posted', when(item.postedAt, timeZone)],
              ['Place in the batch', String(item.seq)],
            ]}
          />
          {item.problems.map(({ code, message, severity, field }) => (
            <Note
              key={`${code} ${field} ${message}`}
              tone={severity === 'problem' ? 'bad' : severity === 'warning' ? 'warn' : 'plain'}
            >
              {message}
            </Note>
          ))}
          {item.attempts.length > 0 && (
            <SmallTable
              caption="Attempts to send it"
              heads={['Attempt', 'Sent', 'Outcome', 'For the target’s support']}
              rows={item.attempts.map(({ attempt, sentAt, outcome, traces }) => [
                String(attempt),
                when(sentAt, timeZone),
                outcome ?? 'under way',
                traces.join(', '),
              ])}
            />
          )}
        </div>
      )}
    </Window>
  );
}

export function Totals({ batch }: OfBatch) {
  const { currency } = useCompany();
  const { totals } = batch;
  if (totals === null) return <p className="empty">Its totals are reckoned while it is validated.</p>;
  const counts = (what: Readonly<Record<string, { documents: number; amount: number }>>, name: (key: string) => string) =>
    Object.entries(what).map(([key, { documents, amount }]) => [
      name(key),
      documents.toLocaleString('en-US'),
      money(amount, currency),
    ]);
  const amounts = (what: Readonly<Record<string, number>>) =>
    Object.entries(what).map(([key, amount]) => [key || '(none)', money(amount, currency)]);
  return (
    <div className="columns">
      <SmallTable
        caption="By kind"
        heads={['Document', 'Count', 'Total']}
        numbers={['Count', 'Total']}
        rows={[...counts(totals.operations, operationName), ['Tax in it', '', money(totals.tax, currency)]]}
      />
      <SmallTable
        caption="By outcome"
        heads={['State', 'Count', 'Total']}
        numbers={['Count', 'Total']}
        rows={counts(totals.states, (state) => (ITEM_STATES as Readonly<Record<string, string>>)[state] ?? state)}
      />
      <SmallTable caption="By account" heads={['Account', 'Total']} numbers={['Total']} rows={amounts(totals.accounts)} />
      {Object.keys(totals.classes).length > 0 && (
        <SmallTable caption="By class" heads={['Class', 'Total']} numbers={['Total']} rows={amounts(totals.classes)} />
      )}
      {Object.keys(totals.depositAccounts).length > 0 && (
        <SmallTable
          caption="By deposit account"
          heads={['Account', 'Total']}
          numbers={['Total']}
          rows={amounts(totals.depositAccounts)}
        />
      )}
    </div>
  );
}

export function Files({ batch, target }: OfBatch & { readonly target: Target | undefined }) {
  const { id: company } = useCompany();
  const files = useQuery(filesQuery(company, batch.id));
  if (files.isPending) return <Loading what="files" />;
  if (files.isError) return <Trouble error={files.error} />;
  const { data } = files;
  if (data.length === 0) return <p className="empty">The batch has no files.</p>;
  const at = `/v1/companies/${encodeURIComponent(company)}/batches/${batch.id}/files`;
  return (
    <>
      {target?.instructions !== undefined && <Note tone="plain">{target.instructions}</Note>}
      <SmallTable
        caption="Files of the batch"
        heads={['File', 'Lines', 'Documents', 'Bytes']}
        numbers={['Lines', 'Documents', 'Bytes']}
        rows={data.map(({ ordinal, name, rows, documents, size }) => [
          <a key={ordinal} href={`${at}/${ordinal}`} download>
            {name}
          </a>,
          rows.toLocaleString('en-US'),
          documents.toLocaleString('en-US'),
          size.toLocaleString('en-US'),
        ])}
      />
    </>
  );
}

const ROLES = { income: 'Income', tax: 'Tax', receivable: 'Accounts receivable', deposit: 'Deposit', refund: 'Refund' } as const;

/** How the documents that stand in the books moved its accounts. */
export function Ledger({ batch }: OfBatch) {
  const { id: company } = useCompany();
  const ledger = useQuery({ ...ledgerQuery(company, batch.id), enabled: batch.ended });
  if (!batch.ended) return <p className="empty">It is there once the batch has ended.</p>;
  if (ledger.isPending) return <Loading what="the ledger" />;
  if (ledger.isError) return <Trouble error={ledger.error} />;
  const { currency, entries } = ledger.data;
  if (entries.length === 0) return <p className="empty">Nothing of the batch stands in the books.</p>;
  return (
    <SmallTable
      caption="How it moved the books"
      heads={['Account', 'Role', 'Class', 'Debit', 'Credit']}
      numbers={['Debit', 'Credit']}
      rows={entries.map(({ account, role, class: name, amount }) => [
        account ?? '(the books’ own)',
        ROLES[role],
        name ?? '',
        amount > 0 ? money(amount, currency) : '',
        amount < 0 ? money(-amount, currency) : '',
      ])}
    />
  );
}

const FINDINGS = {
  same: ['As it was posted', 'good'],
  changed: ['Changed there since', 'warn'],
  gone: ['Gone from there', 'bad'],
} as const;

/** What became of the documents in the books. */
export function Verification({ batch }: OfBatch) {
  const { id: company, currency, timeZone } = useCompany();
  const mayVerify = useMay('poster');
  const options = verificationQuery(company, batch.id);
  const query = useQuery({ ...options, refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? 1_000 : false) });
  const verify = useVerify(company, batch.id);
  if (query.isPending) return <Loading what="the verification" />;
  const found = query.data;
  const findings = found?.findings.rows.filter(({ status }) => status !== 'same') ?? [];
  return (
    <>
      <Trouble error={query.error ?? verify.error} />
      {found === null && <p className="empty">The batch was never verified.</p>}
      {found && (
        <>
          <Facts
            facts={[
              ['State', found.state],
              ['Asked for', `${when(found.startedAt, timeZone)} by ${who(found.startedBy)}`],
              ['Ended', when(found.endedAt, timeZone)],
              ['As they were posted', found.counts.same.toLocaleString('en-US')],
              ['Changed there since', found.counts.changed.toLocaleString('en-US')],
              ['Gone from there', found.counts.gone.toLocaleString('en-US')],
            ]}
          />
          {found.waiting !== undefined && <Note tone="warn">{found.waiting}</Note>}
          {found.reason !== null && <Note tone="bad">{found.reason.message}</Note>}
          {findings.length > 0 && (
            <SmallTable
              caption="What is not as it was posted"
              heads={['Document', 'Finding', 'What', 'Ours', 'There']}
              numbers={['Ours', 'There']}
              rows={findings.map(({ operation, number, status, problem, amount, total }) => [
                `${operationName(operation)} ${number}`,
                <Badge key="status" tone={FINDINGS[status][1]}>
                  {FINDINGS[status][0]}
                </Badge>,
                problem?.message ?? '',
                money(amount, currency),
                total === null ? '' : money(total, currency),
              ])}
            />
          )}
        </>
      )}
      {mayVerify && batch.ended && (
        <Button isDisabled={verify.isPending || found?.state === 'running'} onPress={() => verify.mutate()}>
          {found?.state === 'running' ? 'Verifying …' : 'Verify in the books'}
        </Button>
      )}
    </>
  );
}

export function Journal({ batch }: OfBatch) {
  const { id: company, timeZone } = useCompany();
  const journal = useQuery({ ...journalQuery(company, `batch/${batch.id}`), staleTime: 0 });
  if (journal.isPending) return <Loading what="the journal" />;
  if (journal.isError) return <Trouble error={journal.error} />;
  return (
    <>
      <SmallTable
        caption="Who did what, newest first"
        heads={['When', 'Who', 'What', 'More']}
        rows={journal.data.map(({ at, actor, act, details }) => [
          when(at, timeZone),
          who(actor),
          actInWords(act),
          detailsInWords(act, details),
        ])}
      />
      <p className="aside">{counted(journal.data.length, 'entry', 'entries')}</p>
    </>
  );
}
