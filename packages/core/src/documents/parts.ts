import type { Address, CustomerRecord, DepartmentRecord, JobRecord } from '../records/records.ts';
import { compact } from '../values/compact.ts';
import type { BatchedRef } from '../values/ids.ts';
import type { BuildContext } from './build-context.ts';
import type { DocumentCustomer, DocumentHead } from './documents.ts';
import { markerOf } from './marker.ts';

/** What a record refers to, looked up. A reference to nothing is undefined here; a rule reports it. */
export interface References {
  readonly customer: CustomerRecord | undefined;
  readonly job: JobRecord | undefined;
  /** The record's own department, else that of its job. */
  readonly department: DepartmentRecord | undefined;
}

/** The references that sort a record. */
export interface Referring {
  readonly customerId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly departmentId?: string | undefined;
}

export function lookUp(record: Referring, context: BuildContext): References {
  const job = nonBlank(record.jobId) ? context.job(record.jobId!) : undefined;
  const departmentId = nonBlank(record.departmentId) ?? nonBlank(job?.departmentId);
  return {
    customer: nonBlank(record.customerId) ? context.customer(record.customerId!) : undefined,
    job,
    department: departmentId ? context.department(departmentId) : undefined,
  };
}

/** The head of every document. */
export function headOf(record: BatchedRef, date: string, { job, department }: References, context: BuildContext): DocumentHead {
  return compact<DocumentHead>({
    record: { type: record.type, id: record.id },
    currency: context.company.currency,
    date,
    marker: markerOf(record),
    job:
      job &&
      compact<NonNullable<DocumentHead['job']>>({ id: job.id, number: nonBlank(job.number), imported: job.imported === true }),
    department: department && { id: department.id, name: department.name },
  });
}

/** Where the work was done: the record's own place, else its job's. An address without any text is none. */
export function serviceAddressOf(
  { serviceAddress }: { readonly serviceAddress?: Address | undefined },
  { job }: Pick<References, 'job'>,
): Address | undefined {
  return [serviceAddress, job?.serviceAddress].find((one) => one !== undefined && Object.values(one).some(nonBlank));
}

/** Whether a key has more than the colons between names, and blanks. */
export function namesSomebody(key: string): boolean {
  return /[^:\s\p{Cc}]/u.test(key);
}

/** The customer as named in the books. Undefined without an accounting key, because the name is unknown then. */
export function customerOf(record: CustomerRecord | undefined): DocumentCustomer | undefined {
  const name = nonBlank(record?.accountingKey);
  if (!record || name === undefined || !namesSomebody(name)) return undefined;
  return compact<DocumentCustomer>({
    id: record.id,
    name,
    company: nonBlank(record.company),
    email: nonBlank(record.email),
    phone: nonBlank(record.phone),
    billingAddress: record.billingAddress,
    taxExempt: record.taxExempt === true,
  });
}

/** The text, unless it is empty or blank. */
export function nonBlank(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.trim() === '' ? undefined : text;
}

/** The settings' mapping for a name. Only the map's own members count, because names come from outside ("constructor"). */
export function mapped(map: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
