import type { DepartmentRecord, ServiceRecord } from '@ledgerpost/core';

export const departments: readonly DepartmentRecord[] = [
  { type: 'department', id: 'd-hvac', name: 'HVAC Service', accountingCategory: 'HVAC work', accountingClass: 'HVAC' },
  { type: 'department', id: 'd-plumbing', name: 'Plumbing', accountingCategory: 'Plumbing work', accountingClass: 'Plumbing' },
  {
    type: 'department',
    id: 'd-electrical',
    name: 'Electrical',
    accountingCategory: 'Electrical work',
    accountingClass: 'Electrical',
  },
];

/** A service and its usual price in cents. */
export interface PricedService {
  readonly record: ServiceRecord;
  readonly departmentId: string;
  readonly cents: number;
  /** Sold by the hour, foot or pound, so quantities have decimals. */
  readonly measured: boolean;
}

export const services: readonly PricedService[] = [
  service('s-tune', 'd-hvac', 'Spring tune-up', 18_900),
  service('s-filter', 'd-hvac', 'Air filter 16×25×1', 2_499, { category: 'Parts', taxable: true }),
  service('s-condenser', 'd-hvac', 'Condenser, 3 ton', 284_000, { category: 'Parts', taxable: true }),
  service('s-refrigerant', 'd-hvac', 'Refrigerant R-410A, per pound', 8_737, {
    category: 'Parts',
    taxable: true,
    measured: true,
  }),
  service('s-duct', 'd-hvac', 'Duct sealing, per foot', 1_115, { measured: true }),
  service('s-drain', 'd-plumbing', 'Drain cleaning', 24_500),
  service('s-heater', 'd-plumbing', 'Water heater, 50 gallon', 129_900, { category: 'Parts', taxable: true }),
  service('s-faucet', 'd-plumbing', 'Kitchen faucet “Bordeaux”', 17_995, { category: 'Parts', taxable: true }),
  service('s-plumber', 'd-plumbing', 'Plumber, per hour', 13_250, { measured: true }),
  service('s-panel', 'd-electrical', 'Panel upgrade, 200 A', 245_000),
  service('s-outlet', 'd-electrical', 'Outlet, installed', 14_333),
  service('s-wire', 'd-electrical', 'Copper wire, per foot', 187, { category: 'Parts', taxable: true, measured: true }),
  // Without its own class and category: the department's and the company's defaults apply.
  { ...service('s-visit', 'd-hvac', 'Service visit', 8_900), record: { type: 'service', id: 's-visit', name: 'Service visit' } },
];

function service(
  id: string,
  departmentId: string,
  name: string,
  cents: number,
  { category, taxable = false, measured = false }: { category?: string; taxable?: boolean; measured?: boolean } = {},
): PricedService {
  const department = departments.find((d) => d.id === departmentId)!;
  return {
    departmentId,
    cents,
    measured,
    record: {
      type: 'service',
      id,
      name,
      description: `${name} (${department.name})`,
      accountingCategory: category ?? department.accountingCategory,
      accountingClass: department.accountingClass,
      taxable,
    },
  };
}

/** How the company's books are reached: a person loads files, or through QuickBooks Online's API. */
export type BooksKind = 'files' | 'quickbooks-online';

/** Sales taxes by name, as a rate in thousandths of a percent. */
export const taxes = [
  { name: 'San Mateo', rate: '9.375', thousandths: 9_375 },
  { name: 'Santa Clara', rate: '9.125', thousandths: 9_125 },
] as const;

/** The books' names for categories, taxes and payment methods. */
const mapping = {
  categories: {
    'HVAC work': 'Services:HVAC',
    'Plumbing work': 'Services:Plumbing',
    'Electrical work': 'Services:Electrical',
    Parts: 'Sales of Product Income',
    'Marketing Coupons': 'Discounts given',
  },
  taxCodes: { 'San Mateo': 'CA San Mateo', 'Santa Clara': 'CA Santa Clara' },
  paymentMethods: { Card: 'Credit Card', ACH: 'Bank transfer' },
} as const;
const subAccounts = ['HVAC', 'Plumbing', 'Electrical'] as const;
const classes = ['HVAC', 'Plumbing', 'Electrical', 'General'] as const;
const paymentMethods = ['Cash', 'Check', 'Credit Card', 'Bank transfer'] as const;

/** The admin's settings for a target with files. */
export const settings = {
  ...mapping,
  accounts: {
    income: 'Services',
    discount: 'Discounts given',
    depositTo: 'Undeposited Funds',
    refund: 'Checking',
    receivable: 'Accounts Receivable (A/R)',
  },
  classes: { mode: 'line', default: 'General' },
  chart: {
    accounts: [
      ...['Services', ...subAccounts.map((name) => `Services:${name}`), 'Sales of Product Income', 'Discounts given'].map(
        (name) => ({
          name,
          type: 'Income',
        }),
      ),
      { name: 'Undeposited Funds', type: 'Other Current Asset' },
      { name: 'Checking', type: 'Bank' },
      { name: 'Accounts Receivable (A/R)', type: 'Accounts Receivable' },
    ],
    classes: classes.map((name) => ({ name })),
    paymentMethods: paymentMethods.map((name) => ({ name })),
    terms: ['Due on receipt', 'Net 15', 'Net 30'].map((name) => ({ name })),
    taxCodes: ['CA San Mateo', 'CA Santa Clara'].map((name) => ({ name })),
  },
} as const;

/** The admin's settings for QuickBooks Online. The connection adds accounts and class tracking. */
export const settingsForQuickBooks = { ...mapping, classes: { default: 'General' } } as const;

/** A vendor of the company. QuickBooks does not let a customer have the same name. */
export const VENDOR = 'Half Moon Supply Co.';

/** The simulator's options for the company's QuickBooks, beyond the accounts that every company has. */
export const quickBooksOffer = {
  classes,
  paymentMethods,
  taxCodes: taxes.map(({ name, thousandths }) => ({ name: mapping.taxCodes[name], percent: thousandths / 1_000 })),
  departments: departments.map(({ name }) => name),
  /** Income accounts below Services. */
  subAccounts,
};
