/** What is mutated, and where its author tells the kit about it. */
export const SUBJECTS = {
  memory: '../../packages/conformance/src/memory-conformance.testing.ts',
  harbour: '../../packages/conformance/src/second/conformance.testing.ts',
  quickbooks: '../../packages/qbo-plugin/src/conformance.testing.ts',
} as const;
export type SubjectName = keyof typeof SUBJECTS;
