export { conform, waivers } from './conform.ts';
export { type Conformance, type HeldDocument, type HeldLine, type Law, type Subject, type Trouble, tryLaw } from './law.ts';
export { LAWS, lawsFor } from './laws.ts';
export { SAMPLE_NAMES, sampleDocuments } from './sample-documents.ts';
export { subjectOf } from './subject.ts';
