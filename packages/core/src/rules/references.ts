import { type Problem, problem } from '../codes/problems.ts';
import { namesSomebody, nonBlank } from '../documents/parts.ts';
import type { BatchedRecord, RefundRecord } from '../records/records.ts';
import type { Rule, Subject } from './rule.ts';
import { naming } from './words.ts';

export const CUSTOMER_RULES: readonly Rule<Own>[] = [hasCustomer, hasAccountingKey, customerNameFits, accountingKeyLooksRight];

/** Where the department decides accounts and classes, a document can't be sent without it. */
export const REFERRING: readonly Rule<Own>[] = [...CUSTOMER_RULES, departmentIsKnown, jobIsKnown];

/** Every record but a refund, which has its customer through its payment. */
type Own = Subject<Exclude<BatchedRecord, RefundRecord>>;

export function hasCustomer({ record, references, document }: Own): Problem | undefined {
  if (!nonBlank(record.customerId)) {
    return problem(
      'no-customer',
      record,
      `${naming(document)} has no customer. Add one in the field-service system.`,
      'customerId',
    );
  }
  if (references.customer) return undefined;
  const message = `${naming(document)} is for customer ${record.customerId}, and that customer was never sent. Send the customer record.`;
  return problem('unknown-customer', { type: 'customer', id: record.customerId! }, message, 'customerId');
}

export function hasAccountingKey({ references: { customer } }: Subject): Problem | undefined {
  if (!customer) return undefined;
  const key = nonBlank(customer.accountingKey);
  if (key !== undefined) {
    if (namesSomebody(key)) return undefined;
    const message = `The accounting key “${key}” of customer ${customer.id} has no name in it. Correct the accounting key.`;
    return problem('no-accounting-key', customer, message, 'accountingKey');
  }
  const who = nonBlank(customer.name) ?? nonBlank(customer.company) ?? customer.id;
  const message = `Customer ${who} has no accounting key, so the customer’s name in the books is unknown. Enter the accounting key.`;
  return problem('no-accounting-key', customer, message, 'accountingKey');
}

export function customerNameFits({ references: { customer }, context }: Subject): Problem | undefined {
  const name = customer?.accountingKey;
  const limit = context.limits.customerName;
  if (name === undefined || name.length <= limit) return undefined;
  // "Parent:Sub" are two names.
  const longest = Math.max(...name.split(':').map((part) => part.length));
  if (longest <= limit) return undefined;
  const message = `The accounting key “${name}” has ${longest} characters, and the books accept ${limit}. Shorten it here and in the books.`;
  return problem('customer-name-too-long', customer!, message, 'accountingKey');
}

const ODD_KEY = /^[\d\s.,-]+$|^\s|\s$|\s\s|\p{Cc}|\s:|:\s|^:|:$|::/u;
/** Such as `&#39;` and `&amp;`, which some exports leave in names. */
const HTML =
  /&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|[a-z](acute|grave|circ|uml|tilde|cedil));/i;

export function accountingKeyLooksRight({ references: { customer } }: Subject): Problem | undefined {
  const name = nonBlank(customer?.accountingKey);
  if (name === undefined || !namesSomebody(name) || !(ODD_KEY.test(name) || HTML.test(name))) return undefined;
  const oddity = /^[\d\s.,-]+$/.test(name)
    ? 'is only a number'
    : HTML.test(name)
      ? 'has signs that are spelled as on web pages'
      : 'has stray spaces, colons or control characters';
  const message = `The accounting key “${name}” ${oddity}. Check that the customer has exactly this name in the books.`;
  return problem('odd-accounting-key', customer!, message, 'accountingKey');
}

function departmentIsKnown({ record, references, document }: Own): Problem | undefined {
  const id = nonBlank(record.departmentId) ?? nonBlank(references.job?.departmentId);
  if (id === undefined || references.department) return undefined;
  const message = `${naming(document)} belongs to department ${id}, and that department was never sent. Send the department record.`;
  return problem('unknown-department', record, message, 'departmentId');
}

function jobIsKnown({ record, references, document }: Own): Problem | undefined {
  if (!nonBlank(record.jobId) || references.job) return undefined;
  const message = `${naming(document)} belongs to job ${record.jobId}, and that job was never sent. Send the job record.`;
  return problem('unknown-job', record, message, 'jobId');
}
