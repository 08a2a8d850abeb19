import { type Candidate, compact } from '@ledgerpost/core';
import type { Entity } from '../api/entities.ts';
import { fullNameOf } from './held-names.ts';

/** A customer or an item of the books, as the engine compares and keeps it. */
export function candidateOf(one: Entity): Candidate {
  const name = fullNameOf(one);
  const at = name.lastIndexOf(':');
  const { Line1, PostalCode } = one.BillAddr ?? {};
  const address = [Line1, PostalCode].filter((part) => part !== undefined && part !== '').join(' ');
  return compact<Candidate>({
    externalId: one.Id,
    name,
    active: one.Active !== false,
    parent: one.ParentRef === undefined || at < 0 ? undefined : name.slice(0, at),
    type: one.Type,
    account: one.IncomeAccountRef?.name,
    currency: one.CurrencyRef?.value,
    email: one.PrimaryEmailAddr?.Address,
    phone: one.PrimaryPhone?.FreeFormNumber,
    address: address === '' ? undefined : address,
  });
}
