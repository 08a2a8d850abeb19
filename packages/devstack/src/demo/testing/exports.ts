import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Invented rows under the headers of Jobber's reports: two sent invoices, a discount, a draft, a void one, and their payments. */
export const JOBBER: Readonly<Record<string, string>> = {
  'Invoices_Report.csv': `\uFEFFInvoice #,Client name,Client email,Created date,Issued date,Due date,Status,Line items,Pre-tax total ($),Total ($),Tip ($),Balance ($),Tax (%),Discount ($),Tax amount ($)
2001,Birch Bakery,owner@birch.example,"Nov 02, 2026","Nov 02, 2026","Nov 16, 2026",Paid,"Oven repair (1, $210.5), Gasket (3, $19.99)",270.47,290.76,10.0,0.0,7.5,0.0,20.29
2002,"Lund, Kari",,"Nov 05, 2026","Nov 05, 2026","Nov 19, 2026",Past Due,"Gutter cleaning (1, $180)",180.0,172.0,0.0,172.0,7.5,20.0,12.0
2003,"Lund, Kari",,"Nov 06, 2026",-,-,Draft,"Roof check (1, $95)",95.0,102.13,0.0,102.13,7.5,0.0,7.13
2004,Birch Bakery,owner@birch.example,"Nov 07, 2026","Nov 07, 2026","Nov 21, 2026",Voided,"Fan (1, $40)",40.0,43.0,0.0,0.0,7.5,0.0,3.0
`,
  'Transactions.csv': `Totals

Total Transactions,3
Total Transaction Value,-450.76

Client name,Date,Type,Total $,Tip $,Note,Cheque #,Invoice #,Method,Transaction ID
Birch Bakery,2026-11-02,Invoice,290.76,,,,2001,,
Birch Bakery,2026-11-09,Payment,-300.76,10.00,Payment applied to Invoice #2001,,2001,Jobber Payments,ch_a1
"Lund, Kari",2026-11-10,Deposit,-150.00,,Deposit,88,,Cheque,
`,
  'Payments_Report.csv': `Client name,Date,Time,Type,Paid with,Paid through,Total $,Tip $,Fee $,Note,Card ending #,Card type,Invoice #,Quote #,Payout #
Birch Bakery,2026-11-09,14:41,Payment,Credit card,Jobber online,-300.76,10.00,9.04,,2222,Visa,2001,,po_1
"Lund, Kari",2026-11-10,09:00,Deposit,Cheque,,-150.00,,,,,,,,
Report totals:,,,,,,"-$450.76",$10.00,$9.04,,,,,,
`,
};

/** Invented rows under the headers of ServiceTitan's reports: a sent invoice with a discount, a large one, an adjustment, a pending one. */
export const SERVICE_TITAN: Readonly<Record<string, string>> = {
  'invoices.csv': `Invoice Report
Date Range: 11/1/2026 - 11/30/2026

Invoice ID,Invoice #,Invoice Date,Invoice Status,Invoice Business Unit,Customer ID,Customer Name,Job ID,Job #,Subtotal,Tax,Total,Balance,Due Date
71001,9001,11/03/2026,Exported,HVAC,501,Vega Family,71,71,$250.00,$18.13,$268.13,$0.00,11/03/2026
71002,9002,11/04/2026,Posted,Plumbing,502,Mill & Co,72,72,"$4,200.75",$0.00,"$4,200.75","$2,200.75",12/04/2026
71003,9001-A,11/09/2026,Posted,HVAC,501,Vega Family,71,71,($40.00),($2.90),($42.90),($42.90),11/09/2026
71004,9010,11/12/2026,Pending,,503,Noor Haddad,73,73,$0.00,$0.00,$0.00,$0.00,
,,,,,,,,,"$4,410.75",$15.23,"$4,425.98","$2,157.85",
`,
  'items.csv': `Invoice ID,Invoice Number,Item Code,Item Name,Item Description,Quantity,Item Price,Taxable
71002,9002,REPIPE,Repipe,,1,"$4,200.75",No
71001,9001,TUNE,Tune-up,Annual,1,$129.00,Yes
71001,9001,MOTOR,Motor,,2,$151.00,Yes
71001,9001,DISC,Member discount,,1,($30.00),Yes
71003,9001-A,ADJ,Goodwill adjustment,,1,($40.00),Yes
`,
  'payments.csv': `Payment ID,Customer ID,Invoice ID,Invoice Number,Paid On,Payment Type,Payment Method,Amount,Memo
8801,501,71001,9001,11/03/2026,Visa,Credit Card,$268.13,
8802,502,71002,9002,11/05/2026,Check #2071,Check,"$2,000.00",half
`,
};

/** Writes files into a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
