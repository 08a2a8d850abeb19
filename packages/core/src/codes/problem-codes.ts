/**
 * Something to say about a document. Never thrown.
 * - `problem`: the document can't be sent until somebody mends it
 * - `warning`: it can be sent, and somebody should look
 * - `notice`: it can be sent; worth knowing
 */
export type Severity = 'problem' | 'warning' | 'notice';

/** One row of the table that code, docs/errors.md and the API's schema share. */
export interface ProblemCodeEntry {
  /** Whether it stops its document. */
  readonly severity: Severity;
  /** Who mends it. */
  readonly who: 'source' | 'admin' | 'bookkeeper' | 'engineer';
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What that person does. */
  readonly cure: string;
}

function row(severity: Severity, who: ProblemCodeEntry['who'], meaning: string, cure: string): ProblemCodeEntry {
  return { severity, who, meaning, cure };
}

/** Everything that can be wrong with, or worth saying about, a document. */
export const PROBLEM_CODES = {
  'not-finalized': row('problem', 'source', 'The invoice is a draft.', 'Finalize the invoice in the field-service system.'),
  'was-posted': row(
    'problem',
    'bookkeeper',
    'The invoice went back to draft after it was batched.',
    'Finalize it again, or void it.',
  ),
  'changed-after-batch': row(
    'problem',
    'bookkeeper',
    'A payment, refund or credit memo changed after it was batched, in a way that no update can express.',
    'Mend it in the books by hand, then mark it as already in the books; or undo the batch.',
  ),
  'no-customer': row(
    'problem',
    'source',
    'The record names no customer.',
    'Give the record a customer in the field-service system.',
  ),
  'unknown-customer': row('problem', 'source', 'The customer that the record names was never sent.', 'Send the customer record.'),
  'no-accounting-key': row(
    'problem',
    'source',
    'The customer has no accounting key, so its name in the books is not known.',
    'Fill in the accounting key.',
  ),
  'negative-total': row('problem', 'source', 'The invoice total is below zero.', 'Make it a credit memo.'),
  'total-mismatch': row(
    'problem',
    'source',
    'The total is not the sum of the line amounts and the tax.',
    'Mend the record in the field-service system.',
  ),
  'amount-mismatch': row(
    'problem',
    'source',
    'A line amount is not quantity × unit price, rounded half away from zero.',
    'Mend the line in the field-service system.',
  ),
  'no-lines': row('problem', 'source', 'The record has no lines.', 'Give it at least one line.'),
  'over-allocated': row(
    'problem',
    'source',
    'The allocations exceed the payment.',
    'Mend the allocations in the field-service system.',
  ),
  'refund-exceeds-payment': row(
    'problem',
    'source',
    'The refunds exceed the payment.',
    'Mend the refund in the field-service system.',
  ),
  'unknown-payment': row('problem', 'source', 'The payment that the refund names was never sent.', 'Send the payment record.'),
  'no-number': row('problem', 'source', 'The invoice or credit memo has no number.', 'Give it a number.'),
  'number-too-long': row(
    'problem',
    'source',
    'The number is longer than the target takes; it is never cut.',
    'Shorten the number.',
  ),
  'duplicate-number': row(
    'problem',
    'source',
    'Two invoices, or two credit memos, have one number.',
    'Give one of them another number.',
  ),
  'customer-name-too-long': row(
    'problem',
    'source',
    'The accounting key is longer than the target takes.',
    'Shorten the accounting key, here and in the books.',
  ),
  'no-account': row(
    'problem',
    'admin',
    'No account is mapped for a role that the document needs.',
    'Name the account in the settings.',
  ),
  'unknown-account': row('problem', 'admin', 'The account is not in the chart.', 'Map it, or add it in the books first.'),
  'wrong-account-type': row('problem', 'admin', 'The account is of a type that the document cannot use.', 'Map another account.'),
  'item-on-two-accounts': row(
    'problem',
    'admin',
    'One product or service would need two accounts.',
    'Give the lines one category, or the services different names.',
  ),
  'unknown-class': row(
    'problem',
    'admin',
    'The class is not in the chart, or inactive.',
    'Add or activate it in the books, then refresh.',
  ),
  'no-class': row(
    'problem',
    'admin',
    'The books want a class, and neither line, service, department nor company gives one.',
    'Set a default class.',
  ),
  'unmapped-tax': row('problem', 'admin', 'The tax has no tax code in the settings.', 'Map the tax name to a tax code.'),
  'unknown-service': row(
    'problem',
    'source',
    'The service that a line names was never sent, so its account and class are not known.',
    'Send the service record.',
  ),
  'unknown-department': row(
    'problem',
    'source',
    'The department that the record names was never sent, so its account and class are not known.',
    'Send the department record.',
  ),
  'unknown-job': row(
    'problem',
    'source',
    'The job that the record names was never sent, so it is not known whether it is an imported one.',
    'Send the job record.',
  ),
  'odd-accounting-key': row(
    'warning',
    'source',
    'The accounting key is a number only, or holds spaces or colons where the books can’t keep them.',
    'Check that the customer has this very name in the books.',
  ),
  'amount-not-positive': row(
    'problem',
    'source',
    'A payment, an allocation or a refund is not above zero.',
    'Mend the amount in the field-service system, or remove the record.',
  ),
  'allocation-exceeds-invoice': row(
    'problem',
    'source',
    'More of a payment is allocated to an invoice than its total; the books refuse that.',
    'Mend the allocation in the field-service system; what is over is a deposit.',
  ),
  'invoice-overpaid': row(
    'warning',
    'bookkeeper',
    'The invoice’s new total is below what payments are applied to it in the books.',
    'Re-allocate or refund what is over; until then it is an open credit of the customer.',
  ),
  'credit-to-apply': row(
    'warning',
    'bookkeeper',
    'The invoice was lowered below what was paid on it and is raised again; what was over is still an open credit in the books, or in use there.',
    'Apply the customer’s open credit to the invoice in the books.',
  ),
  'exempt-but-taxed': row(
    'warning',
    'source',
    'The customer is exempt from tax, and the record charges tax.',
    'Check the customer’s exemption and the tax.',
  ),
  'item-renamed': row(
    'notice',
    'admin',
    'The product or service has another name in the books, because they can’t keep its own.',
    'Rename the service if you want one name everywhere.',
  ),
  'unknown-payment-method': row(
    'problem',
    'admin',
    'The payment method is not in the chart, or inactive.',
    'Map it, or add it in the books first.',
  ),
  'unknown-terms': row(
    'problem',
    'admin',
    'The payment terms are not in the chart, or inactive.',
    'Add or activate them in the books first.',
  ),
  'unknown-tax-code': row('problem', 'admin', 'The tax code is not in the chart, or inactive.', 'Map the tax to another code.'),
  'closed-period': row(
    'problem',
    'bookkeeper',
    'The document is dated in a closed period of the books.',
    'Date it later, or reopen the period.',
  ),
  'crosses-period': row(
    'warning',
    'bookkeeper',
    'The update moves a posted invoice into another month, so what was reported for both months changes.',
    'Let it go if the former month is still open to you; else give the invoice its former date.',
  ),
  'bad-email': row('problem', 'source', 'The customer’s e-mail address is none.', 'Mend the address.'),
  'customer-differs': row(
    'problem',
    'source',
    'A payment is allocated to an invoice of another customer.',
    'Mend the allocation in the field-service system.',
  ),
  'invoice-not-sent': row(
    'problem',
    'source',
    'The invoice to which the payment is applied was rejected or refused.',
    'Mend the invoice, and send both again.',
  ),
  'payment-unapplied': row(
    'warning',
    'bookkeeper',
    'Part of the payment goes out unapplied, because its invoice is not in the books.',
    'Batch the invoice; the payment is then re-allocated.',
  ),
  'imported-job': row(
    'warning',
    'bookkeeper',
    'The payment belongs to an imported job, whose invoices only the books know.',
    'Apply the payment by hand in the books.',
  ),
  'mixed-classes': row(
    'warning',
    'admin',
    'The lines have different classes, and the books take one per transaction.',
    'Check the class that was taken.',
  ),
  'receivable-left-open': row(
    'warning',
    'bookkeeper',
    'The refund’s journal leaves Accounts Receivable open.',
    'Apply the journal to the payment or invoice in the books.',
  ),
  'credit-unapplied': row('warning', 'bookkeeper', 'The credit memo is left unapplied.', 'Apply it to an invoice in the books.'),
  'books-differ': row(
    'warning',
    'bookkeeper',
    'The books hold another total than the one that was sent.',
    'Look at the document in the books; nothing is sent again by itself.',
  ),
  'reference-changed': row(
    'notice',
    'admin',
    'A name or default changed since the record was posted.',
    'Check that the books should have the new one; what is not sent again keeps the former.',
  ),
  'waits-for-invoice': row(
    'notice',
    'bookkeeper',
    'The re-allocation waits until its invoice is in the books.',
    'Batch the invoice.',
  ),
  'unchecked-name': row(
    'notice',
    'admin',
    'The name can’t be checked here, because this target has no chart.',
    'Make sure that it stands in the books to the character.',
  ),
  'item-will-be-created': row(
    'notice',
    'admin',
    'The product or service may be created by the import, on its default account.',
    'Create it on the right account first.',
  ),
  'refused-by-target': row(
    'problem',
    'bookkeeper',
    'The target refused the document.',
    'Read its reason, mend the record or the books, and retry.',
  ),
  'changed-there': row(
    'problem',
    'bookkeeper',
    'A person changed it in the books since it was posted.',
    'Compare the two, then mend the books by hand or send it again.',
  ),
  'void-not-possible': row(
    'problem',
    'admin',
    'The target can’t void an invoice, and the settings ask for it.',
    'Choose another way for voided invoices in the settings.',
  ),
  'unstorable-text': row(
    'problem',
    'source',
    'A name has a character that the target can’t store, and the name must stay as it is.',
    'Take the character out of the name, here and in the books.',
  ),
  'text-too-long': row(
    'problem',
    'source',
    'A text is longer than the target takes; it is never cut.',
    'Shorten the text in the field-service system.',
  ),
  'document-too-large': row(
    'problem',
    'source',
    'One document is larger than a whole file of the target may be.',
    'Split the record in the field-service system.',
  ),
} as const satisfies Record<string, ProblemCodeEntry>;

/** A code of the table: of a document. */
export type ProblemCode = keyof typeof PROBLEM_CODES;
