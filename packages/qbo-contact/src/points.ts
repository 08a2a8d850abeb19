import type { Point } from './probe.ts';
import { access } from './probes/access.ts';
import { names } from './probes/names.ts';
import { payments } from './probes/payments.ts';
import { requestIds } from './probes/request-ids.ts';
import { salesForms } from './probes/sales-forms.ts';
import { salesTax } from './probes/sales-tax.ts';

/** Every point, in the order in which they are asked. What bursts comes last, so that nobody else is throttled by it. */
export const POINTS: readonly Point[] = [...requestIds, ...salesForms, ...salesTax, ...payments, ...names, ...access];
