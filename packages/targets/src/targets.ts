import type { AnyTarget } from '@ledgerpost/core';
import own from '../package.json' with { type: 'json' };
import { installed } from './installed.ts';
import { registry } from './registry.ts';

/**
 * The installed targets, by the plugins that this package depends on: a line each in its package.json. What is listed there has
 * a form, a queue and a name everywhere else.
 */
export const TARGETS: readonly AnyTarget[] = registry(
  await installed(Object.keys(own.dependencies).filter((name) => name.endsWith('-plugin'))),
);
