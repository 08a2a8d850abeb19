export { QBO_LIMITS } from './api/limits.ts';
export { moneyIn, type QboPayload } from './payload/payload.ts';
export { type QboSettings, qboSettings } from './payload/settings.ts';
export { quickbooksOnline, quickbooksOnline as target } from './quickbooks-online.ts';
export type { QboSession } from './session.ts';
