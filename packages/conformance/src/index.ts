export { conform } from './conform.ts';
export type { Conformance, Law, Subject } from './law.ts';
export { LAWS, lawsFor } from './laws.ts';
export { sampleDocuments } from './sample-documents.ts';
export { subjectOf } from './subject.ts';
