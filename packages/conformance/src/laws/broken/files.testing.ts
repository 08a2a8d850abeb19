import { again, type Breakers, collected, delivery, hastily, render, renderLines, text, withoutLast } from './targets.testing.ts';

/** For each law of files.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'files-are-byte-stable': [
    {
      how: 'a clock in the file',
      on: 'files',
      change: render(async (items, out) => {
        await renderLines(items, { open: (file) => out.open({ ...file, name: `${process.hrtime.bigint()}.txt` }) });
      }),
    },
    {
      how: 'members in any order',
      on: 'files',
      change: render(async (items, out) => {
        const all = await collected(items);
        await renderLines(again(all), out);
        const file = out.open({ name: 'raw.txt', mediaType: 'text/plain', download: false });
        await file.write(text.encode(JSON.stringify(all.map(({ payload }) => payload))));
        await file.close({ rows: 0, documents: 0 });
      }),
    },
  ],
  'files-hold-every-document': [
    {
      how: 'the last document left out',
      on: 'files',
      change: render(async (items, out) => renderLines(withoutLast(items), out)),
    },
    {
      how: 'a file left open',
      on: 'files',
      change: render(async (items, out) => {
        out.open({ name: 'b', mediaType: 'b', download: false });
        await renderLines(items, out);
      }),
    },
    {
      how: 'nothing to hand out',
      on: 'files',
      change: render(async (items, out) => renderLines(items, { open: (file) => out.open({ ...file, download: false }) })),
    },
  ],
  'empty-batch-has-files': [
    {
      how: 'no file for an empty batch',
      on: 'files',
      change: render(async (items, out) => {
        const all = await collected(items);
        if (all.length > 0) await renderLines(again(all), out);
      }),
    },
  ],
  'files-wait-for-the-sink': [
    {
      how: 'the whole batch in memory',
      on: 'files',
      change: render(async (items, out) => renderLines(again(await collected(items)), out)),
    },
    { how: 'writes that are not awaited', on: 'files', change: render(async (items, out) => renderLines(items, hastily(out))) },
  ],
  'failing-sink-fails-the-rendering': [
    { how: 'failures swallowed', on: 'files', change: render(async (items, out) => renderLines(items, out).catch(() => {})) },
  ],
  'files-come-with-instructions': [{ how: 'no instructions', on: 'files', change: delivery({ instructions: ' ' }) }],
};
