import createClient from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

type ProblemAnswer = components['schemas']['ProblemAnswer'];

/** The API's refusal: status, stable code, and a sentence for people. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: ProblemAnswer['code'] | 'unreachable';
  readonly details: Readonly<Record<string, unknown>>;

  constructor({
    status,
    code,
    detail,
    details = {},
  }: Pick<ProblemAnswer, 'status' | 'detail' | 'details'> & { code: ApiProblem['code'] }) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

let csrfToken: string | null = null;

/** Kept in memory only; the API returns it again after a reload. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** The API, typed by its own OpenAPI document. */
export const api = createClient<paths>({ baseUrl: '' });
api.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && csrfToken !== null) request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
});

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer of a call, or a thrown ApiProblem. */
export async function answerOf<T>(asking: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asking.catch((): never => {
    throw new ApiProblem({
      status: 503,
      code: 'unreachable',
      detail: 'Ledgerpost can’t be reached. This page keeps trying.',
    });
  });
  if (response.ok) return data as T;
  const problem = error as Partial<ProblemAnswer> | undefined;
  throw new ApiProblem({
    status: response.status,
    code: problem?.code ?? 'internal',
    detail: problem?.detail ?? `Ledgerpost returned an error (${response.status}) without a reason.`,
    ...(problem?.details === undefined ? {} : { details: problem.details }),
  });
}

/** The answer of a call, or null where `isAnswer` accepts the refusal as an answer. */
export async function answerOrNull<T>(asking: Promise<Answer<T>>, isAnswer: (refusal: ApiProblem) => boolean): Promise<T | null> {
  try {
    return await answerOf(asking);
  } catch (error) {
    if (error instanceof ApiProblem && isAnswer(error)) return null;
    throw error;
  }
}

/** Whether the same call may succeed later: Ledgerpost can't be reached, or has trouble of its own. */
export function isTemporary(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status >= 500;
}
