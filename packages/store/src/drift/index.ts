export * from './decide.ts';
export * from './list-drifts.ts';
export * from './looks.ts';
export * from './save-drifts.ts';
export * from './standing-documents.ts';
export * from './webhook-notices.ts';
