import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { FileSink } from '@ledgerpost/core';

/** A target's files, written into a folder. */
export function filesIn(folder: string): FileSink {
  return {
    open({ name }) {
      const stream = createWriteStream(join(folder, name));
      return {
        async write(bytes) {
          // A stream keeps its input until it has written it, and the plugin may reuse that memory.
          if (!stream.write(Buffer.from(bytes))) await once(stream, 'drain');
        },
        async close() {
          stream.end();
          await finished(stream);
        },
      };
    },
  };
}
