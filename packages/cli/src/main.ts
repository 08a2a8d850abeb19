import { run } from './run.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
// A reader such as `head` closed the pipe: it has read enough.
process.stdout.on('error', () => process.exit(0));

const live = process.stderr.isTTY === true;
let shown = '';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  progress(line, step) {
    if (live) process.stderr.write(`\r\u001b[K${line}`);
    else if (step !== undefined && step !== shown) console.error(line);
    shown = step ?? shown;
  },
  signal: stop.signal,
});
