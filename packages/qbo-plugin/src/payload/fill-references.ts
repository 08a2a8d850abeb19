import type { Body, Line, Ref } from '../api/entities.ts';

/** The body with the ids of its customers and items, or the first one that has no id. What was stored with names is read by name. */
export function filled(
  body: Body,
  references: Readonly<Record<string, string | undefined>>,
): { readonly body: Body } | { readonly missing: string } {
  let missing: string | undefined;
  const fill = (ref: Ref, kind: string | undefined): Ref => {
    if (ref.value !== undefined) return { value: ref.value };
    const value = kind === undefined ? undefined : references[`${kind}/${ref.key ?? ref.name}`];
    if (value === undefined) {
      missing ??= ref.name ?? ref.key ?? '';
      return ref;
    }
    return { value };
  };
  const refs: Record<string, Ref> = {};
  for (const member of REFS) {
    const ref = body[member];
    if (ref !== undefined) refs[member] = fill(ref, member === 'CustomerRef' ? 'customer' : undefined);
  }
  const tax = body.TxnTaxDetail;
  const taxCode = tax?.TxnTaxCodeRef;
  const result: Body = {
    ...body,
    ...refs,
    ...(tax === undefined || taxCode === undefined ? {} : { TxnTaxDetail: { ...tax, TxnTaxCodeRef: fill(taxCode, undefined) } }),
    ...(body.Line === undefined ? {} : { Line: body.Line.map((line) => filledLine(line, fill)) }),
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

function filledLine(line: Line, fill: (ref: Ref, kind: string | undefined) => Ref): Line {
  const sale = line.SalesItemLineDetail;
  const entry = line.JournalEntryLineDetail;
  if (sale !== undefined) {
    const detail = {
      ...sale,
      ...(sale.ItemRef === undefined ? {} : { ItemRef: fill(sale.ItemRef, 'item') }),
      ...(sale.ClassRef === undefined ? {} : { ClassRef: fill(sale.ClassRef, undefined) }),
    };
    return { ...line, SalesItemLineDetail: detail };
  }
  if (entry === undefined) return line;
  const { Entity: entity } = entry;
  const detail = {
    ...entry,
    ...(entry.AccountRef === undefined ? {} : { AccountRef: fill(entry.AccountRef, undefined) }),
    ...(entry.ClassRef === undefined ? {} : { ClassRef: fill(entry.ClassRef, undefined) }),
    ...(entity?.EntityRef === undefined ? {} : { Entity: { ...entity, EntityRef: fill(entity.EntityRef, 'customer') } }),
  };
  return { ...line, JournalEntryLineDetail: detail };
}
