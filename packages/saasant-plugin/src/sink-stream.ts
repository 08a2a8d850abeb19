import { Writable } from 'node:stream';
import type { FileWriter } from '@ledgerpost/core';

/** The most bytes that a sink gets at once: a whole file goes into the zip, and a sink may copy what it gets. */
const PIECE = 256 * 1024;

/**
 * A stream into a file of the batch. It accepts no more until the sink has what came before. archiver writes its headers a few
 * bytes at a time, so bytes that have gathered in the meantime go to the sink at once. `taken` gets all bytes that the sink has.
 */
export function sinkStream(file: FileWriter, taken: (bytes: Buffer) => void): Writable {
  const write = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      await file.write(piece);
      taken(piece);
    }
  };
  return new Writable({
    highWaterMark: 64 * 1024,
    write: (bytes: Buffer, _encoding, done) => {
      write(bytes).then(() => done(), done);
    },
    writev: (pieces, done) => {
      write(Buffer.concat(pieces.map((piece) => piece.chunk as Buffer))).then(() => done(), done);
    },
  });
}
