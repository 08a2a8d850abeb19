export { journalAccount } from './accounts.ts';
export { moneyIn, type PlaintextPayload } from './payload.ts';
export { plaintext, plaintext as target } from './plaintext.ts';
export { type PlaintextSettings, plaintextSettings } from './settings.ts';
