import { faults } from '../faults.ts';
import { required, withoutUndefined } from './checks.ts';
import type { Kind } from './kind.ts';
import { salesFormLengths, settleSalesForm } from './sales-form.ts';

const statuses = ['Pending', 'Accepted', 'Closed', 'Rejected'];

/** Estimates: offers to customers. They post nothing, and no payment settles them. */
export const estimate: Kind = {
  name: 'Estimate',
  sort: 'transaction',
  sequence: 'transaction',
  queryable: [
    'Id',
    'DocNumber',
    'TxnDate',
    'TxnStatus',
    'ExpirationDate',
    'CustomerRef',
    'TotalAmt',
    'MetaData.CreateTime',
    'MetaData.LastUpdatedTime',
  ],
  lengths: salesFormLengths,
  settle(books, sent, before) {
    required('CustomerRef', sent.CustomerRef);
    if (sent.Line === undefined || sent.Line.length === 0) throw faults.missing('Line');
    const status = (sent.TxnStatus as string | undefined) ?? 'Pending';
    if (!statuses.includes(status)) throw faults.badEnumeration(status);
    return withoutUndefined({ ...settleSalesForm(books, sent, before), TxnStatus: status });
  },
  view: (_, record) => record,
};
