import { BATCHED_TYPES, ERROR_CODES, OPERATIONS, PROBLEM_CODES, RECORD_TYPES } from '@ledgerpost/core';
import { ROLES } from '@ledgerpost/store';
import { z } from 'zod';

/*
 * The shapes that several answers share. Amounts in answers are whole minor units of the company's currency; only
 * source records keep the decimal strings that came in.
 */

function codes<T extends string>(table: Readonly<Record<T, unknown>>) {
  return z.enum(Object.keys(table) as [T, ...T[]]);
}

export const amount = z.number().int().describe('Minor units of the company’s currency (cents)');
/** Written as ISO 8601 in UTC. */
export const instant = z.date();

export const recordType = z.enum(RECORD_TYPES);
export const batchedType = z.enum(BATCHED_TYPES);
export const operation = z.enum(OPERATIONS);
export const role = z.enum(ROLES);
export const recordRef = z.object({ type: recordType, id: z.string() });
export const batchedRef = z.object({ type: batchedType, id: z.string() });

/** An error's answer. */
export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string().describe('What the code means, in one sentence'),
    status: z.number().int(),
    code: codes(ERROR_CODES).describe('Stable; see docs/errors.md'),
    detail: z.string().describe('What is wrong, and what to do'),
    instance: z.string().describe('The request id, which the log has too'),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'ProblemAnswer' });

/** A finding about a document. */
export const documentProblem = z
  .object({
    code: codes(PROBLEM_CODES).describe('Stable; see docs/errors.md'),
    severity: z.enum(['problem', 'warning', 'notice']),
    record: recordRef.describe('The record that the problem is about; it may be another record than the document’s own'),
    field: z.string().optional(),
    message: z.string(),
  })
  .meta({ id: 'DocumentProblem' });

/** The largest whole number that a column of this kind holds. */
export const MOST_INT = 2 ** 31 - 1;

/** Keyset paging: `next` of one answer is `after` of the next request; absent on the last page. */
export const after = z.string().min(1).max(1_000).optional().describe('`next` of the page before');
export function limit(most = 500, usual = 50) {
  return z.coerce.number().int().min(1).max(most).default(usual);
}
export function page<T extends z.ZodType>(row: T) {
  return z.object({
    rows: z.array(row).readonly(),
    next: z.string().optional().describe('Send it as `after` for the next page; absent on the last'),
  });
}

export const companyParams = z.strictObject({ company: z.string().min(1).max(64) });
export const targetParams = companyParams.extend({ target: z.string().min(1).max(64) });
export const batchParams = companyParams.extend({ batch: z.uuid('A batch’s id is a UUID.') });

/** The errors that any route with a key may answer. */
export const errorAnswers = {
  '4xx': problem('What is wrong with the request'),
  '5xx': problem('What went wrong on our side'),
} as const;

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemAnswer } } };
}
