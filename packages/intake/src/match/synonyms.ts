/** The headers that mean a column of ours. */
export interface Names {
  /** Whole headers, compared as `normalHeader` does; a word inside a header proves nothing. */
  readonly exact: readonly string[];
  /** Headers that mean it where no exact one is there: `Num` in a list of invoices. */
  readonly perhaps?: readonly string[];
  /** Headers that mean it only beside one that surely means another column. */
  readonly beside?: { readonly column: string; readonly names: readonly string[] };
  /** Headers that say it of the whole invoice: where one says it of the line, that one counts for lines. */
  readonly whole?: readonly string[];
}

/** What other programs call a column. */
export const SYNONYMS: Readonly<Record<string, Names>> = {
  number: {
    exact: [
      'Invoice No',
      'Invoice Number',
      'Invoice #',
      'Invoice Num',
      'Invoice',
      'Inv No',
      'Inv #',
      'InvoiceNo',
      'Document Number',
    ],
    perhaps: ['Num', 'No', 'Number', 'Doc Number', 'Doc Num', 'Ref Number', 'Transaction Number', 'Invoice ID'],
  },
  customer: {
    exact: [
      'Customer',
      'Customer Name',
      'Client',
      'Client Name',
      'Bill To',
      'Account Name',
      'Customer Full Name',
      'Contact Name',
    ],
    perhaps: ['Name', 'Company', 'Company Name', 'Contact', 'Bill To Name', 'Billing Name', 'Account'],
  },
  date: {
    exact: ['Invoice Date', 'Date', 'Issued Date', 'Issue Date', 'Date Issued', 'Invoiced On', 'Document Date'],
    perhaps: [
      'Created',
      'Created Date',
      'Date Created',
      'Created At',
      'Created On',
      'Invoice Created',
      'Issued',
      'Issued On',
      'Invoiced Date',
      'Transaction Date',
      'Txn Date',
    ],
  },
  due: { exact: ['Due Date', 'Due', 'Due On', 'Date Due', 'Payment Due'] },
  status: { exact: ['Status', 'Invoice Status'], perhaps: ['Payment Status'] },
  name: {
    exact: [
      'Product/Service',
      'Product or Service',
      'Item',
      'Item Name',
      'Service',
      'Product',
      'Line Item',
      'Item(Product/Service)',
    ],
    perhaps: ['Description', 'Item Description', 'Item Desc', 'Line Description'],
  },
  description: {
    exact: [
      'Description',
      'Item Description',
      'Item Desc',
      'Line Description',
      'Product/Service Description',
      'Memo/Description',
    ],
  },
  quantity: { exact: ['Quantity', 'Qty', 'Hours', 'Product/Service Quantity', 'Item Quantity', 'Line Quantity'] },
  rate: {
    exact: [
      'Rate',
      'Unit Price',
      'Price',
      'Price Each',
      'Unit Cost',
      'Product/Service Rate',
      'Unit Amount',
      'Item Rate',
      'Sales Price',
    ],
    // ServiceTitan calls the price of all pieces so; beside an amount it is the price of one.
    beside: { column: 'amount', names: ['Item Price'] },
  },
  amount: {
    exact: ['Line Amount', 'Amount', 'Line Total', 'Line Subtotal', 'Item Total', 'Product/Service Amount', 'Item Amount'],
    perhaps: ['Item Price'],
  },
  taxable: { exact: ['Taxable'] },
  category: { exact: ['Category', 'Income Account'] },
  tax: {
    exact: [
      'Tax Amount',
      'Sales Tax Amount',
      'Item Tax Amount',
      'Line Tax',
      'Tax 1 Amount',
      'Tax 2 Amount',
      'Tax Total',
      'Total Tax',
      'Tax Amt',
      'Tax ($)',
      'Tax $',
    ],
    // Beside an amount such a column has the tax's name or rate.
    perhaps: ['Tax', 'Sales Tax', 'GST', 'HST', 'VAT'],
    whole: ['Tax Total', 'Total Tax'],
  },
  taxName: { exact: ['Tax Name', 'Tax Rate Name', 'Sales Tax Name', 'Tax Code'] },
  total: {
    exact: [
      'Invoice Total',
      'Total',
      'Total Amount',
      'Grand Total',
      'Invoice Amount',
      'Total ($)',
      'Total $',
      'Total Amt',
      'Gross',
      'Gross Total',
      'Gross Amount',
      'Total Inc Tax',
      'Total Incl Tax',
      'Total Including Tax',
      'Total Inc GST',
      'Total Inc VAT',
    ],
    perhaps: ['Amount'],
  },
  paid: {
    exact: ['Payment Date', 'Date Paid', 'Paid On', 'Paid Date', 'Date Received', 'Received Date', 'Payment Received Date'],
    perhaps: ['Date', 'Transaction Date', 'Txn Date'],
  },
  invoice: { exact: ['Invoice No', 'Invoice Number', 'Invoice #', 'Invoice Num', 'Invoice', 'Inv No', 'Inv #', 'Applied To'] },
  received: {
    exact: ['Payment Amount', 'Amount Paid', 'Amount Received', 'Paid Amount', 'Amount', 'Amount ($)', 'Amount $'],
    perhaps: ['Total', 'Total Paid'],
  },
  method: {
    exact: ['Payment Method', 'Method', 'Payment Type', 'Paid With', 'Paid By', 'Tender', 'Tender Type', 'Mode', 'Payment Mode'],
  },
  paymentStatus: { exact: ['Payment Status', 'Status', 'Transaction Status'] },
  reference: {
    exact: ['Reference', 'Reference No', 'Reference Number', 'Ref No', 'Ref #', 'Reference #', 'Payment Reference', 'Payment #'],
    perhaps: ['Payment Number', 'Check #', 'Check No', 'Check Number', 'Cheque #', 'Transaction ID', 'Confirmation Code'],
  },
};
