import type { Document, DocumentLine, JournalLine } from '@ledgerpost/core';
import { DEFAULT_ACCOUNT } from '../../../ui/account-words.ts';
import { Facts, SmallTable } from '../../../ui/parts.tsx';
import { day, money } from '../../../ui/show.ts';

interface DocumentViewProps {
  readonly document: Document;
  /** The document that an update replaces. */
  readonly former: Document | null;
}

/** A document as the books get it: customer, dates, lines with account and class, tax, and what it is applied to. */
export function DocumentView({ document, former }: DocumentViewProps) {
  const { currency } = document;
  return (
    <>
      <Facts facts={factsOf(document)} />
      {former !== null && <Changes document={document} former={former} />}
      {(document.kind === 'invoice' || document.kind === 'creditMemo') && (
        <>
          <SmallTable
            caption="Lines"
            heads={['Item', 'Description', 'Account', 'Class', 'Quantity', 'Price', 'Amount']}
            numbers={['Quantity', 'Price', 'Amount']}
            rows={document.lines.map((line) => lineCells(line, currency))}
          />
          <Facts
            facts={[
              [
                'Sales tax',
                document.tax === undefined
                  ? 'None'
                  : `${money(document.tax.amount, currency)} (${document.tax.name}${document.tax.code === undefined ? '' : ` as ${document.tax.code}`})`,
              ],
              ['Total', money(document.total, currency)],
            ]}
          />
        </>
      )}
      {document.kind === 'payment' && (
        <SmallTable
          caption="Applied to"
          heads={['Invoice', 'Amount']}
          numbers={['Amount']}
          rows={[
            ...document.applied.map(({ invoiceNumber, invoiceId, amount }) => [
              invoiceNumber || invoiceId,
              money(amount, currency),
            ]),
            ...document.netted.map(({ refundId, amount }) => [`Less refund ${refundId}`, money(-amount, currency)]),
            ['Unapplied', money(document.unapplied, currency)],
          ]}
        />
      )}
      {document.kind === 'journal' && (
        <SmallTable
          caption="Lines"
          heads={['Account', 'Class', 'Debit', 'Credit']}
          numbers={['Debit', 'Credit']}
          rows={document.lines.map((line) => journalCells(line, currency))}
        />
      )}
    </>
  );
}

function factsOf(document: Document): readonly (readonly [string, string | undefined])[] {
  const customer = document.kind === 'warning' || document.customer !== undefined ? document.customer?.name : undefined;
  const shared = [
    ['Customer', customer],
    ['Date', day(document.date)],
    ['Department', document.department?.name],
    ['Job', document.job?.number ?? document.job?.id],
  ] as const;
  switch (document.kind) {
    case 'invoice':
      return [
        ...shared,
        ['Due', document.dueDate && day(document.dueDate)],
        ['Terms', document.terms],
        ['Message', document.message],
      ];
    case 'creditMemo':
      return [...shared, ['Message', document.message]];
    case 'payment':
      return [
        ...shared,
        ['Reference', document.reference],
        ['Method', document.method],
        ['Deposited to', document.depositTo ?? DEFAULT_ACCOUNT],
        ['Card fee', document.fee && `${money(document.fee.amount, document.currency)} to ${document.fee.account}`],
      ];
    case 'journal':
      return [...shared, ['Memo', document.memo]];
    case 'warning':
      return [...shared, ['Method', document.method]];
    default:
      return document satisfies never;
  }
}

function lineCells({ item, description, class: name, quantity, unitPrice, amount }: DocumentLine, currency: string) {
  return [
    item.name,
    description ?? '',
    item.account ?? DEFAULT_ACCOUNT,
    name ?? '',
    quantity,
    unitPrice,
    money(amount, currency),
  ];
}

function journalCells({ account, class: name, side, amount }: JournalLine, currency: string) {
  const written = money(amount, currency);
  return [account || DEFAULT_ACCOUNT, name ?? '', side === 'debit' ? written : '', side === 'credit' ? written : ''];
}

/** What an update changes, before and after. */
function Changes({ document, former }: { readonly document: Document; readonly former: Document }) {
  const [before, after] = [new Map(partsOf(former)), new Map(partsOf(document))];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((part) => before.get(part) !== after.get(part));
  if (changed.length === 0) return null;
  return (
    <SmallTable
      caption="What this update changes"
      named
      heads={['Part', 'Before', 'After']}
      rows={changed.map((part) => [part, before.get(part) ?? 'None', after.get(part) ?? 'None'])}
    />
  );
}

/** The parts of a document that people compare, each as a text. */
function partsOf(document: Document): readonly (readonly [string, string])[] {
  const { currency } = document;
  const facts = factsOf(document).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
      return [
        ...facts,
        ['Number', document.number],
        ...document.lines.map((line, at) => [`Line ${at + 1}`, lineCells(line, currency).filter(Boolean).join(', ')] as const),
        ...(document.tax === undefined ? [] : [['Sales tax', money(document.tax.amount, currency)] as const]),
        ['Total', money(document.total, currency)],
      ];
    case 'payment':
      return [
        ...facts,
        ...document.applied.map(
          ({ invoiceNumber, invoiceId, amount }) => [`Invoice ${invoiceNumber || invoiceId}`, money(amount, currency)] as const,
        ),
        ['Unapplied', money(document.unapplied, currency)],
      ];
    case 'journal':
    case 'warning':
      return facts;
    default:
      return document satisfies never;
  }
}
