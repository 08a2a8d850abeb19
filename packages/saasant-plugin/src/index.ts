export type { Cells, Field, RowsPayload, Value } from './fields.ts';
export { moneyIn } from './money-in.ts';
export { PROFILES, type Profile, type ProfileId } from './profiles.ts';
export { saasant, saasant as target } from './saasant.ts';
export { type SaasantSettings, saasantSettings } from './settings.ts';
