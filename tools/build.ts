import { runTurbo } from './turbo.ts';

process.exitCode = await runTurbo(['run', 'build']);
