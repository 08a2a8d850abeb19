import { conform } from '@ledgerpost/conformance';
import { afterAll } from 'vitest';
import { conformanceOf } from './conformance.testing.ts';

const { target, given, stop } = await conformanceOf();
afterAll(stop);

conform(target, given);
