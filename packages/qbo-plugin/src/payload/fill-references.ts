import type { Body, Line, Ref } from '../api/entities.ts';

/** The body with ids of customers and items; or the first name for which there is none. */
export function filled(
  body: Body,
  references: Readonly<Record<string, string>>,
): { readonly body: Body } | { readonly missing: string } {
  let missing: string | undefined;
  const look = (ref: Ref, key: string | undefined): Ref => {
    if (ref.value !== undefined) return { value: ref.value };
    const value = key === undefined ? undefined : references[`${key}/${ref.name}`];
    if (value === undefined) {
      missing ??= ref.name ?? '';
      return ref;
    }
    return { value };
  };
  const refs: Record<string, Ref> = {};
  for (const member of REFS) {
    const ref = body[member];
    if (ref !== undefined) refs[member] = look(ref, member === 'CustomerRef' ? 'customer' : undefined);
  }
  const tax = body.TxnTaxDetail;
  const taxCode = tax?.TxnTaxCodeRef;
  const result: Body = {
    ...body,
    ...refs,
    ...(tax === undefined || taxCode === undefined ? {} : { TxnTaxDetail: { ...tax, TxnTaxCodeRef: look(taxCode, undefined) } }),
    ...(body.Line === undefined ? {} : { Line: body.Line.map((line) => filledLine(line, look)) }),
  };
  return missing === undefined ? { body: result } : { missing };
}

const REFS = [
  'CustomerRef',
  'SalesTermRef',
  'ClassRef',
  'DepartmentRef',
  'PaymentMethodRef',
  'DepositToAccountRef',
] as const satisfies readonly (keyof Body)[];

function filledLine(line: Line, look: (ref: Ref, key: string | undefined) => Ref): Line {
  const sale = line.SalesItemLineDetail;
  const entry = line.JournalEntryLineDetail;
  if (sale !== undefined) {
    const detail = {
      ...sale,
      ...(sale.ItemRef === undefined ? {} : { ItemRef: look(sale.ItemRef, 'item') }),
      ...(sale.ClassRef === undefined ? {} : { ClassRef: look(sale.ClassRef, undefined) }),
    };
    return { ...line, SalesItemLineDetail: detail };
  }
  if (entry === undefined) return line;
  const { Entity: entity } = entry;
  const detail = {
    ...entry,
    ...(entry.AccountRef === undefined ? {} : { AccountRef: look(entry.AccountRef, undefined) }),
    ...(entry.ClassRef === undefined ? {} : { ClassRef: look(entry.ClassRef, undefined) }),
    ...(entity?.EntityRef === undefined ? {} : { Entity: { ...entity, EntityRef: look(entity.EntityRef, 'customer') } }),
  };
  return { ...line, JournalEntryLineDetail: detail };
}
