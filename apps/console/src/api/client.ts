import createClient from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

type ProblemAnswer = components['schemas']['ProblemAnswer'];

/** What the API said no with. */
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

/** Kept in memory alone, and told by the API again after a reload. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** The API, by its own description of itself. */
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

/** The answer, or an ApiProblem. */
export async function told<T>(asking: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asking.catch((): never => {
    throw new ApiProblem({
      status: 503,
      code: 'unreachable',
      detail: 'Ledgerpost can’t be reached just now. Try again in a moment.',
    });
  });
  if (response.ok) return data as T;
  const problem = error as Partial<ProblemAnswer> | undefined;
  throw new ApiProblem({
    status: response.status,
    code: problem?.code ?? 'internal',
    detail: problem?.detail ?? `Ledgerpost answered ${response.status} without saying why.`,
    ...(problem?.details === undefined ? {} : { details: problem.details }),
  });
}

/** The answer, or null where the refusal is an answer itself. */
export async function toldOrNull<T>(asking: Promise<Answer<T>>, isAnswer: (refusal: ApiProblem) => boolean): Promise<T | null> {
  try {
    return await told(asking);
  } catch (error) {
    if (error instanceof ApiProblem && isAnswer(error)) return null;
    throw error;
  }
}
