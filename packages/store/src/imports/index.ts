export * from './company-mappings.ts';
export * from './crossings.ts';
export * from './findings.ts';
export * from './hand-over-imports.ts';
export * from './import-files.ts';
export * from './import-outcomes.ts';
export {
  beginImportWork,
  changeImport,
  createImport,
  discardImport,
  endImportWork,
  getImport,
  type ImportChange,
  type ImportRow,
  importAtWork,
  keepAssigned,
  keepImportProgress,
  listImports,
  newestRevision,
  openBatchSelecting,
  refuseWhileImporting,
  seenBefore,
  setImportRevision,
  workingImport,
} from './imports.ts';
export * from './put-imported.ts';
export * from './staging.ts';
export * from './stored-in-cover.ts';
export * from './undo-import.ts';
