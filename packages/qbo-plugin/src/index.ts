export { QBO_LIMITS } from './limits.ts';
export { moneyIn, type QboPayload } from './payload.ts';
export { quickbooksOnline, quickbooksOnline as target } from './quickbooks-online.ts';
export type { QboSession } from './session.ts';
export { type QboSettings, qboSettings } from './settings.ts';
