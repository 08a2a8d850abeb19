import { afterAll } from 'vitest';
import { conform } from '../conform.ts';
import { conformanceOf } from './conformance.testing.ts';

const { target, given, stop } = await conformanceOf();
afterAll(stop);

conform(target, given);
