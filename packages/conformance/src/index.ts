export { conform } from './conform.ts';
export { type Conformance, type Law, type Subject, type Trouble, tryLaw } from './law.ts';
export { LAWS, lawsFor } from './laws.ts';
export { sampleDocuments } from './sample-documents.ts';
export { subjectOf } from './subject.ts';
