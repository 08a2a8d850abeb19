import type { Field } from './fields.ts';

/** One column of a file: its header, and what its cells hold. */
export interface Column {
  readonly header: string;
  /** The header exactly as SaasAnt's own template spells it, where that differs by extra spaces. */
  readonly template?: string;
  /** Absent: we leave the column empty. */
  readonly field?: Field;
}

/** Entity "Invoices", columns A to AX. */
export const INVOICE_COLUMNS: readonly Column[] = [
  { header: 'Invoice No', field: 'number' },
  { header: 'Customer', template: 'Customer ', field: 'customer' },
  { header: 'Invoice Date', field: 'date' },
  { header: 'Due Date', field: 'dueDate' },
  { header: 'Shipping Date' },
  { header: 'Ship Via' },
  { header: 'Tracking no' },
  { header: 'Terms', field: 'terms' },
  { header: 'Billing Address Line 1', field: 'billingLine1' },
  { header: 'Billing Address Line 2', field: 'billingLine2' },
  { header: 'Billing Address Line 3', field: 'billingLine3' },
  { header: 'Billing Address City', field: 'billingCity' },
  { header: 'Billing Address Postal Code', field: 'billingPostalCode' },
  { header: 'Billing Address Country', field: 'billingCountry' },
  { header: 'Billing Address State', field: 'billingRegion' },
  { header: 'Shipping Address Line 1', field: 'shippingLine1' },
  { header: 'Shipping Address Line 2', field: 'shippingLine2' },
  { header: 'Shipping Address Line 3', field: 'shippingLine3' },
  { header: 'Shipping Address City', field: 'shippingCity' },
  { header: 'Shipping Address Postal Code', field: 'shippingPostalCode' },
  { header: 'Shipping Address Country', field: 'shippingCountry' },
  { header: 'Shipping Address State', field: 'shippingRegion' },
  { header: 'Memo', field: 'memo' },
  { header: 'Message displayed on invoice', field: 'message' },
  { header: 'Email', field: 'email' },
  { header: 'Shipping' },
  { header: 'Sales Tax Code', field: 'taxCode' },
  { header: 'Sales Tax Amount', field: 'taxAmount' },
  { header: 'Discount Amount' },
  { header: 'Discount Percent' },
  { header: 'Discount Account', template: 'Discount Account ' },
  { header: 'Apply Tax After Discount' },
  { header: 'Service Date' },
  { header: 'Product/Service', field: 'item' },
  { header: 'Product/Service Description', field: 'description' },
  { header: 'Product/Service Quantity', field: 'quantity' },
  { header: 'Product/Service Rate', field: 'rate' },
  { header: 'Product/Service Amount', field: 'amount' },
  { header: 'Product/Service Taxable', field: 'taxable' },
  { header: 'Product/Service Class', field: 'class' },
  { header: 'Show Sub Total' },
  { header: 'Deposit' },
  { header: 'Location' },
  { header: 'Custom Field Value (1)', field: 'job' },
  { header: 'Custom Field Value (2)' },
  { header: 'Custom Field Value (3)' },
  { header: 'Currency Code' },
  { header: 'Exchange Rate' },
  { header: 'Print Status' },
  { header: 'Email Status' },
];

/** Entity "Received Payments", 12 columns. */
export const PAYMENT_COLUMNS: readonly Column[] = [
  { header: 'Ref No', field: 'number' },
  { header: 'Payment Date', field: 'date' },
  { header: 'Customer', template: 'Customer ', field: 'customer' },
  { header: 'Payment method', field: 'method' },
  { header: 'Deposit To Account Name', field: 'depositTo' },
  { header: 'Invoice No', field: 'invoice' },
  { header: 'Journal No' },
  { header: 'Amount', field: 'amount' },
  { header: 'Reference No', field: 'reference' },
  { header: 'Memo', field: 'memo' },
  { header: 'Currency Code' },
  { header: 'Exchange Rate' },
];

/** Entity "Journal Entries", 12 columns. */
export const JOURNAL_COLUMNS: readonly Column[] = [
  { header: 'Journal No', field: 'number' },
  { header: 'Journal Date', field: 'date' },
  { header: 'Memo', field: 'memo' },
  { header: 'Account', template: ' Account ', field: 'account' },
  { header: 'Amount', template: ' Amount', field: 'amount' },
  { header: 'Description', template: ' Description', field: 'description' },
  { header: 'Name', field: 'name' },
  { header: 'Location' },
  { header: 'Class', template: 'Class ', field: 'class' },
  { header: 'Currency Code' },
  { header: 'Exchange Rate' },
  { header: 'Is Adjustment' },
];

/** Entity "Credit Memos", columns A to AJ. */
export const CREDIT_MEMO_COLUMNS: readonly Column[] = [
  { header: 'Credit Memo No', field: 'number' },
  { header: 'Customer', field: 'customer' },
  { header: 'Credit Memo Date', field: 'date' },
  { header: 'Memo', field: 'memo' },
  { header: 'Billing Address Line 1', field: 'billingLine1' },
  { header: 'Billing Address Line 2', field: 'billingLine2' },
  { header: 'Billing Address Line 3', field: 'billingLine3' },
  { header: 'Billing Address City', field: 'billingCity' },
  { header: 'Billing Address Postal Code', field: 'billingPostalCode' },
  { header: 'Billing Address Country', field: 'billingCountry' },
  { header: 'Billing Address State', field: 'billingRegion' },
  { header: 'Shipping' },
  { header: 'Sales Tax Code', field: 'taxCode' },
  { header: 'Sales Tax Amount', field: 'taxAmount' },
  { header: 'Discount Amount' },
  { header: 'Discount Percent' },
  { header: 'Discount Account' },
  { header: 'Service Date' },
  { header: 'Product/Service', field: 'item' },
  { header: 'Product/Service Description', field: 'description' },
  { header: 'Product/Service Quantity', field: 'quantity' },
  { header: 'Product/Service Rate', field: 'rate' },
  { header: 'Product/Service Amount', field: 'amount' },
  { header: 'Product/Service Taxable', field: 'taxable' },
  { header: 'Product/Service Class', template: 'Product/Service Class ', field: 'class' },
  { header: 'Message displayed on credit memo', field: 'message' },
  { header: 'Location' },
  { header: 'Email', field: 'email' },
  { header: 'Apply Tax After Discount' },
  { header: 'Custom Field Value (1)', field: 'job' },
  { header: 'Custom Field Value (2)' },
  { header: 'Custom Field Value (3)' },
  { header: 'Currency Code' },
  { header: 'Exchange Rate' },
  { header: 'Print Status' },
  { header: 'Email Status' },
];

/** Not a SaasAnt entity. A person finds the payment by it, and sees what to do. */
export const WARNING_COLUMNS: readonly Column[] = [
  { header: 'Payment No', field: 'number' },
  { header: 'Payment Date', field: 'date' },
  { header: 'Customer', field: 'customer' },
  { header: 'Payment Method', field: 'method' },
  { header: 'Amount', field: 'amount' },
  { header: 'Job No', field: 'job' },
  { header: 'What to do', field: 'text' },
  { header: 'Source', field: 'source' },
];
