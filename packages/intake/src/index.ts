export type { Assembled, HeldBack, MadeRecord, Note } from './map/assemble.ts';
export * from './map/mapping.ts';
export type { Piece, Unreadable } from './map/pieces.ts';
export {
  type ControlTotal,
  type ImportEvents,
  type ImportOutcome,
  type ImportTerms,
  type Question,
  runMapping,
} from './map/run-mapping.ts';
export { memorySorter, type Sorter } from './map/sorter.ts';
export { normalHeader } from './match/headers.ts';
export { knownHeaders, type Recognised, recognise } from './match/recognise.ts';
export { PRESETS, type Preset } from './presets/index.ts';
export { type OpenTable, openTable } from './read/open-table.ts';
export type { LeftOutRow, Row, Table } from './read/rows.ts';
export { fileOf, type SourceFile, UnreadableFile, type UnreadableFileCode } from './read/source-file.ts';
