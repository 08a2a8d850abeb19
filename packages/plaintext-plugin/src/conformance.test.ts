import { conform } from '@ledgerpost/conformance';
import { moneyIn, plaintext } from './index.ts';

conform(plaintext, { settings: {}, amountOf: moneyIn });
