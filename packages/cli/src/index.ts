export { type Io, Trouble } from './io.ts';
export { run } from './run.ts';
