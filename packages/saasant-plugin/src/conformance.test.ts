import { conform } from '@ledgerpost/conformance';
import { moneyIn, saasant } from './index.ts';

conform(saasant, { settings: {}, amountOf: moneyIn });
