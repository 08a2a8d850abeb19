import { STANDING_ITEM_STATES } from '@ledgerpost/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { type Batch, targetsQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, SmallTable } from '../../ui/parts.tsx';
import { actorName, money, sum, when } from '../../ui/show.ts';
import { countOf, toneOfBatch } from '../../ui/states.ts';
import { number } from '../../ui/words.ts';
import { zipOf } from '../downloads/zip.ts';
import { systemName, wordsOfBatch } from './batch-of.ts';

interface BatchTableProps {
  readonly caption: string;
  readonly batches: readonly Batch[];
  /** Whether these are all: a part of a list sorted by itself would mislead. */
  readonly areAll?: boolean;
  /** Called with the batch whose undo is wanted; without it, no row offers one. */
  onUndo?(batch: Batch): void;
}

/** Batches, one a row, each with a link to its screen, its files and its undo. */
export function BatchTable({ caption, batches, areAll = true, onUndo }: BatchTableProps) {
  const { id: company, currency, timeZone } = useCompany();
  const isAdmin = useMay();
  const targets = useQuery(targetsQuery);
  return (
    <SmallTable
      sorts={areAll}
      caption={caption}
      named
      heads={['Name', 'State', 'Started', 'By', 'To', 'Documents', 'Invoices', 'Payments', 'Actions']}
      numbers={['Documents', 'Invoices', 'Payments']}
      rows={batches.map((batch) => {
        const of = { batch, target: targets.data?.find(({ id }) => id === batch.target) };
        const zip = of.target?.capabilities.delivery === 'files' ? zipOf(batch, company) : undefined;
        const mayUndo = onUndo !== undefined && isAdmin && batch.ended && countOf(batch, STANDING_ITEM_STATES) > 0;
        return [
          <Link key="name" href={`/batches/${batch.id}`}>
            {batch.name}
          </Link>,
          <Badge key="state" tone={toneOfBatch(batch.state)}>
            {wordsOfBatch(of)}
          </Badge>,
          when(batch.startedAt, timeZone),
          actorName(batch.startedBy),
          systemName(of),
          documentsOf(batch),
          amountOf(batch, INVOICES, currency),
          amountOf(batch, PAYMENTS, currency),
          (zip !== undefined || mayUndo) && (
            <span key="actions" className="row-actions">
              {zip !== undefined && (
                <a href={zip} download aria-label={`Download ${batch.name}`}>
                  Download
                </a>
              )}
              {mayUndo && (
                <Button kind="quiet" aria-label={`Undo ${batch.name}`} onPress={() => onUndo(batch)}>
                  Undo …
                </Button>
              )}
            </span>
          ),
        ];
      })}
    />
  );
}

const INVOICES: readonly string[] = ['invoice.insert', 'invoice.update'];
const PAYMENTS: readonly string[] = ['payment.insert', 'payment.update'];

/** An undone batch has nothing in the books, so it shows no amounts. */
const isUndone = ({ state }: Batch) => state === 'undone';

/** How many documents the amounts are of, and of how many in all where some were not sent. */
function documentsOf(batch: Batch): string {
  const { totals, progress } = batch;
  if (totals === null || isUndone(batch)) return number(progress.items);
  const counted = sum(Object.values(totals.operations).map(({ documents }) => documents));
  return counted === progress.items ? number(counted) : `${number(counted)} of ${number(progress.items)}`;
}

function amountOf(batch: Batch, operations: readonly string[], currency: string): string {
  if (batch.totals === null || isUndone(batch)) return '';
  const own = Object.entries(batch.totals.operations).filter(([operation]) => operations.includes(operation));
  return own.length === 0 ? '' : money(sum(own.map(([, { amount }]) => amount)), currency);
}
