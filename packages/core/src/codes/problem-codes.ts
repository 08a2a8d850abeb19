/**
 * How serious a finding about a document is.
 * - `problem`: the document can't be sent until someone fixes it
 * - `warning`: it can be sent, and someone should check it
 * - `notice`: it can be sent; worth knowing
 */
export type Severity = 'problem' | 'warning' | 'notice';

/** One row of the table that code, docs/errors.md and the API's schema share. */
export interface ProblemCodeEntry {
  /** Whether it stops its document. */
  readonly severity: Severity;
  /** Its severity where a person loads files and sees the document before the books do. Absent: the same. */
  readonly inFiles?: Severity;
  /** Who fixes it. */
  readonly who: 'source' | 'admin' | 'bookkeeper' | 'engineer';
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What that person does. */
  readonly cure: string;
}

function row(severity: Severity, who: ProblemCodeEntry['who'], meaning: string, cure: string): ProblemCodeEntry {
  return { severity, who, meaning, cure };
}

function lighterInFiles(inFiles: Severity, entry: ProblemCodeEntry): ProblemCodeEntry {
  return { ...entry, inFiles };
}

/** Everything that can be wrong with a document, or worth knowing about it. */
export const PROBLEM_CODES = {
  'not-finalized': row('problem', 'source', 'The invoice is a draft.', 'Finalize the invoice in the field-service system.'),
  'was-posted': row(
    'problem',
    'bookkeeper',
    'The invoice went back to draft after it was batched.',
    'Finalize the invoice again, or void it.',
  ),
  'changed-after-batch': row(
    'problem',
    'bookkeeper',
    'A payment, refund or credit memo changed after it was batched, and no update can express the change.',
    'Correct the document in the books, then mark it as already in the books. Or undo the batch.',
  ),
  'no-customer': row(
    'problem',
    'source',
    'The record has no customer.',
    'Add a customer to the record in the field-service system.',
  ),
  'unknown-customer': row('problem', 'source', 'The customer on the record was never sent.', 'Send the customer record.'),
  'no-accounting-key': row(
    'problem',
    'source',
    'The customer has no accounting key, so its name in the books is unknown.',
    'Enter the customer’s accounting key.',
  ),
  'negative-total': row(
    'problem',
    'source',
    'The total is below zero.',
    'Send a credit memo instead of the invoice, or an invoice instead of the credit memo.',
  ),
  'total-mismatch': row(
    'problem',
    'source',
    'The total does not equal the line amounts plus tax.',
    'Correct the record in the field-service system.',
  ),
  'amount-mismatch': row(
    'problem',
    'source',
    'A line amount does not equal quantity × unit price, rounded half away from zero.',
    'Correct the line in the field-service system.',
  ),
  'no-lines': row('problem', 'source', 'The record has no lines.', 'Add at least one line.'),
  'over-allocated': row(
    'problem',
    'source',
    'The allocations add up to more than the payment.',
    'Correct the allocations in the field-service system.',
  ),
  'refund-exceeds-payment': row(
    'problem',
    'source',
    'The refunds add up to more than the payment.',
    'Correct the refund in the field-service system.',
  ),
  'unknown-payment': row('problem', 'source', 'The payment on the refund was never sent.', 'Send the payment record.'),
  'no-number': row('problem', 'source', 'The invoice or credit memo has no number.', 'Add a number in the field-service system.'),
  'number-too-long': row(
    'problem',
    'source',
    'The number is longer than the target accepts. Numbers are never cut.',
    'Shorten the number.',
  ),
  'duplicate-number': row(
    'problem',
    'source',
    'Two invoices, or two credit memos, have the same number.',
    'Change one of the two numbers.',
  ),
  'number-shared': row(
    'warning',
    'source',
    'An invoice and a credit memo have the same number, and the books may refuse the second one.',
    'Change one of the two numbers.',
  ),
  'customer-spelled-twice': row(
    'warning',
    'source',
    'The names of two customers differ only in capitals, blanks or quotes, and the books treat them as one.',
    'Give both customers exactly the name that the books have.',
  ),
  'customer-name-too-long': row(
    'problem',
    'source',
    'The accounting key is longer than the target accepts.',
    'Shorten the accounting key and the customer’s name in the books.',
  ),
  'no-account': row(
    'problem',
    'admin',
    'The settings have no account for a role that the document needs.',
    'Choose the account in the settings.',
  ),
  'unknown-account': row(
    'problem',
    'admin',
    'The account is not in the chart of accounts, or is inactive.',
    'Map the category to another account, or add the account in the books first.',
  ),
  'wrong-account-type': row('problem', 'admin', 'The document can’t use an account of this type.', 'Map another account.'),
  'item-on-two-accounts': row(
    'problem',
    'admin',
    'One product or service would need two accounts.',
    'Give the lines the same category, or rename one of the services.',
  ),
  'unknown-class': row(
    'problem',
    'admin',
    'The class is not in the books, or is inactive.',
    'Add or activate the class in the books, then refresh the connection.',
  ),
  'no-class': row(
    'problem',
    'admin',
    'The books need a class, and the line, service, department and company have none.',
    'Set a default class in the settings.',
  ),
  'unmapped-tax': row('problem', 'admin', 'The tax has no tax code in the settings.', 'Map the tax name to a tax code.'),
  'tax-on-nothing': lighterInFiles(
    'warning',
    row(
      'problem',
      'source',
      'The record charges tax, and none of its lines is taxable, so the books have nothing to compute the tax from.',
      'Mark the taxed lines as taxable, or remove the tax.',
    ),
  ),
  'unknown-service': row(
    'problem',
    'source',
    'The service on a line was never sent, so its account and class are unknown.',
    'Send the service record.',
  ),
  'unknown-department': row(
    'problem',
    'source',
    'The department on the record was never sent, so its account and class are unknown.',
    'Send the department record.',
  ),
  'unknown-job': row(
    'problem',
    'source',
    'The job on the record was never sent, so Ledgerpost can’t see whether it is an imported job.',
    'Send the job record.',
  ),
  'odd-accounting-key': row(
    'warning',
    'source',
    'The accounting key is only a number, or has spaces or colons that the books can’t keep.',
    'Check that the customer has exactly this name in the books.',
  ),
  'amount-not-positive': row(
    'problem',
    'source',
    'A payment, an allocation or a refund is not above zero.',
    'Correct the amount in the field-service system, or remove the record.',
  ),
  'allocation-exceeds-invoice': row(
    'problem',
    'source',
    'The payment allocates more to an invoice than the invoice’s total, and the books refuse that.',
    'Correct the allocation in the field-service system. Record the excess as a deposit.',
  ),
  'invoice-overpaid': row(
    'warning',
    'bookkeeper',
    'The invoice’s new total is lower than the payments applied to it in the books.',
    'Re-allocate or refund the excess. Until then it is an open credit of the customer.',
  ),
  'credit-to-apply': row(
    'warning',
    'bookkeeper',
    'The invoice was lowered below what was paid on it, and is now raised again. The excess is still an open credit in the books, or is used there.',
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
    'The product or service has a different name in the books, because the books can’t keep its own.',
    'Rename the service if you want the same name everywhere.',
  ),
  'unknown-payment-method': row(
    'problem',
    'admin',
    'The payment method is not in the books, or is inactive.',
    'Map the payment method, or add it in the books first.',
  ),
  'unknown-terms': row(
    'warning',
    'admin',
    'The payment terms are not in the books, or are inactive. The invoice is sent without terms, with its due date.',
    'Map the terms in the settings, or add them in the books.',
  ),
  'unknown-tax-code': row(
    'problem',
    'admin',
    'The tax code is not in the books, or is inactive.',
    'Map the tax to another tax code.',
  ),
  'closed-period': row(
    'problem',
    'bookkeeper',
    'The document’s date is in a closed period of the books.',
    'Use a later date, or reopen the period.',
  ),
  'crosses-period': row(
    'warning',
    'bookkeeper',
    'The update moves a posted invoice into another month, so the reports of both months change.',
    'Continue if the earlier month is still open to you. Otherwise give the invoice its earlier date.',
  ),
  'bad-email': row(
    'notice',
    'source',
    'The customer’s e-mail address is not valid. A new customer is created without it.',
    'Correct the e-mail address.',
  ),
  'phone-shortened': row(
    'notice',
    'source',
    'The customer’s phone number is longer than the target keeps. A new customer is created with the part that fits.',
    'Shorten the phone number, if the rest matters.',
  ),
  'customer-differs': row(
    'problem',
    'source',
    'A payment is allocated to an invoice of another customer.',
    'Correct the allocation in the field-service system.',
  ),
  'invoice-not-sent': row(
    'problem',
    'source',
    'The invoice that the payment applies to was rejected or refused.',
    'Fix the invoice, then send both again.',
  ),
  'payment-unapplied': row(
    'warning',
    'bookkeeper',
    'Part of the payment is sent unapplied, because its invoice is not in the books.',
    'Batch the invoice. The payment is then re-allocated.',
  ),
  'imported-job': row(
    'warning',
    'bookkeeper',
    'The payment belongs to an imported job, and only the books have its invoices.',
    'Apply the payment in the books.',
  ),
  'mixed-classes': row(
    'warning',
    'admin',
    'The lines have different classes, and the books keep one class per transaction.',
    'Check the class that was chosen.',
  ),
  'receivable-left-open': row(
    'warning',
    'bookkeeper',
    'The refund’s journal leaves Accounts Receivable open.',
    'Apply the journal to the payment or invoice in the books.',
  ),
  'credit-unapplied': row(
    'warning',
    'bookkeeper',
    'The credit memo is sent unapplied.',
    'Apply the credit memo to an invoice in the books.',
  ),
  'books-differ': row(
    'warning',
    'bookkeeper',
    'The total in the books differs from the total that was sent.',
    'Check the document in the books. Nothing is sent again automatically.',
  ),
  'reference-changed': row(
    'notice',
    'admin',
    'A name or a default changed since the record was posted.',
    'Check that the books should have the new one. Records that are not sent again keep the old one.',
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
    'Names can’t be checked, because the company has no chart of accounts here.',
    'Make sure that the books have exactly these names, or declare the chart in the settings.',
  ),
  'quantity-not-sent': row(
    'notice',
    'bookkeeper',
    'The books would compute another amount from the quantity and price, so the line is sent with its amount only.',
    'Nothing to do. The amount in the books is right.',
  ),
  'refused-by-target': row(
    'problem',
    'bookkeeper',
    'The target refused the document.',
    'Read the reason, correct the record or the books, then retry.',
  ),
  'changed-there': row(
    'problem',
    'bookkeeper',
    'Someone changed the document in the books after it was posted.',
    'Compare the two versions. Then correct the books, or send ours again.',
  ),
  'void-not-possible': row(
    'problem',
    'admin',
    'The settings ask for voids, and the target can’t void an invoice.',
    'Choose another way for voided invoices in the settings.',
  ),
  'unstorable-text': row(
    'problem',
    'source',
    'A name has a character that the target can’t store, and names are never altered.',
    'Remove the character from the name, here and in the books.',
  ),
  'text-too-long': row(
    'problem',
    'source',
    'A text is longer than the target accepts. Texts are never cut.',
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
