import type { Command } from '../command.ts';
import { BATCH_COMMANDS } from './batch-commands.ts';
import { COMPANY_COMMANDS } from './company-commands.ts';
import { CONNECTION_COMMANDS } from './connection-commands.ts';
import { DRIFT_COMMANDS } from './drift-commands.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { MATCH_COMMANDS } from './match-commands.ts';
import { POSTING_COMMANDS } from './posting-commands.ts';
import { RECORD_COMMANDS } from './record-commands.ts';
import { SCHEDULE_COMMANDS } from './schedule-commands.ts';
import { SETTINGS_COMMANDS } from './settings-commands.ts';

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  ...RECORD_COMMANDS,
  ...BATCH_COMMANDS,
  ...POSTING_COMMANDS,
  ...CONNECTION_COMMANDS,
  ...MATCH_COMMANDS,
  ...DRIFT_COMMANDS,
  ...SCHEDULE_COMMANDS,
  ...COMPANY_COMMANDS,
  ...SETTINGS_COMMANDS,
  ...KEY_COMMANDS,
];
