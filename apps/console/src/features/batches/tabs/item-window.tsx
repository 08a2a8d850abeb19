import type { Document } from '@ledgerpost/core';
import { useQuery } from '@tanstack/react-query';
import { type BatchItemDetails, itemQuery } from '../../../api/queries.ts';
import { useCompany } from '../../../ui/company.ts';
import { Badge, Facts, Loading, Note, SmallTable, Trouble } from '../../../ui/parts.tsx';
import { money, when } from '../../../ui/show.ts';
import { toneOfItem } from '../../../ui/states.ts';
import { Window } from '../../../ui/window.tsx';
import { capitalized, number, operationName, recordName } from '../../../ui/words.ts';
import { type OfBatch, systemName, wordsOfItem } from '../batch-of.ts';
import { DocumentView } from './document-view.tsx';

/** One document: where it is in the books, its problems, and each attempt to send it. */
export function ItemWindow(props: OfBatch & { readonly seq: number; onClose(): void }) {
  const { batch, seq, onClose } = props;
  const { id: company, currency, timeZone } = useCompany();
  const { data: item, error, isPending } = useQuery(itemQuery(company, batch.id, seq));
  const system = systemName(props);
  return (
    <Window
      title={item === undefined ? `Document ${seq}` : `${operationName(item.operation)} ${item.number}`}
      open
      onClose={onClose}
      drawer
    >
      {isPending && <Loading what="the document" />}
      <Trouble error={error} />
      {item !== undefined && (
        <div className="stack">
          <Facts
            facts={[
              [
                'State',
                <Badge key="state" tone={toneOfItem(item.state)}>
                  {wordsOfItem(props, item.state)}
                </Badge>,
              ],
              ['Customer', nameNow(item)],
              [`Customer in ${system}`, customerThere(item.customer)],
              ['Amount', money(item.amount, currency)],
              [`Total in ${system}`, item.targetTotal === null ? null : money(item.targetTotal, currency)],
              ['Posted', when(item.postedAt, timeZone)],
              [
                'Page',
                item.page === undefined ? null : (
                  <a key="page" href={item.page} target="_blank" rel="noreferrer">
                    Open in {system}
                  </a>
                ),
              ],
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
          {item.document !== null && (
            <DocumentView document={item.document as unknown as Document} former={item.former as unknown as Document | null} />
          )}
          <details>
            <summary>Details</summary>
            <Facts
              facts={[
                ['Record', `${capitalized(recordName(item.record.type))} ${item.record.id}`],
                ['Posted as', item.externalId],
                [`Number in ${system}`, item.receipt?.number],
                ['Position in the batch', number(item.seq)],
              ]}
            />
            {item.attempts.length > 0 && (
              <SmallTable
                caption="Attempts to send it"
                heads={['Attempt', 'Sent', 'Result', 'Support reference']}
                rows={item.attempts.map(({ attempt, sentAt, outcome, traces }) => [
                  number(attempt),
                  when(sentAt, timeZone),
                  outcome === null ? 'In progress' : outcome === 'answered' ? 'Answered' : outcome,
                  traces.join(', '),
                ])}
              />
            )}
          </details>
        </div>
      )}
    </Window>
  );
}

/** Today's name, where the document has another one. */
function nameNow({ customer, document }: BatchItemDetails): string | null {
  const frozen = (document as unknown as { customer?: { name: string } } | null)?.customer?.name;
  return customer === null || customer.name === frozen ? null : `${customer.name} (today’s name)`;
}

/** Both names are shown where they differ, and the id that holds whatever the names are. */
function customerThere(customer: BatchItemDetails['customer']): string | null {
  if (customer === null || customer.externalId === null) return null;
  return customer.nameInBooks === null ? `ID ${customer.externalId}` : `${customer.nameInBooks} (ID ${customer.externalId})`;
}
