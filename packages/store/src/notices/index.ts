export * from './notice-sends.ts';
export * from './notice-settings.ts';
export * from './write-notice.ts';
