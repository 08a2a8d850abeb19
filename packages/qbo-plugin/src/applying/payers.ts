import type { QboApi } from '../api/client.ts';

/** Whether one customer's payment may be applied to what another owes: to its own, and to that of its sub-customers. Takes ids. */
export type MayPay = (payer: string | undefined, customer: string | undefined) => boolean;

/** QuickBooks keeps customers on five levels. */
const DEEPEST = 5;

/** Reads from the books who is above whom. Nothing is read for customers that pay their own. */
export async function readPayers(
  api: QboApi,
  pairs: readonly (readonly [string | undefined, string | undefined])[],
): Promise<MayPay> {
  const parents = new Map<string, string | undefined>();
  let wanted = pairs.flatMap(([payer, customer]) => (payer === customer || customer === undefined ? [] : [customer]));
  for (let level = 0; level < DEEPEST && wanted.length > 0; level++) {
    const rows = await api.rowsIn('Customer', 'Id', [...new Set(wanted)], 'Active IN (true, false)');
    for (const { Id, ParentRef } of rows) parents.set(Id, ParentRef?.value);
    wanted = rows.flatMap(({ ParentRef }) => ParentRef?.value ?? []).filter((id) => !parents.has(id));
  }
  return (payer, customer) => {
    let one = customer;
    for (let level = 0; level <= DEEPEST && one !== undefined; level++) {
      if (one === payer) return true;
      one = parents.get(one);
    }
    return payer === customer;
  };
}
