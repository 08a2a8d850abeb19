import { TargetError } from '@ledgerpost/core';
import type { Answer, Fault } from './answer.ts';

/** What a fault means for the one document it is about, where it is about one. */
export type Verdict =
  /** The outcome is unknown, or QuickBooks can't do it now: send the same call again. */
  | 'transient'
  | 'throttled'
  | 'access'
  /** An admin has to fix something in QuickBooks. */
  | 'config'
  /** Someone changed the transaction between our reading and our writing. */
  | 'stale'
  /** The number is taken. */
  | 'number-taken'
  | 'name-taken'
  /** The transaction, or something that it refers to, is not there. */
  | 'gone'
  /** A customer, an item or something else that it refers to is not there or inactive. */
  | 'bad-reference'
  | 'closed'
  | 'deposited'
  /** QuickBooks refused the document, and its sentence gives the reason. */
  | 'refused';

/** Goes by the code, and by the text only where one code means several things. Only wordings that were seen are matched. */
export function verdictOf({ type, errors }: Fault): Verdict {
  const verdicts = errors.map(({ code, message, detail }) => verdictOfCode(code, message, detail));
  // A system fault is not about the document, even if other errors are beside it.
  if (type === 'SystemFault' || verdicts.includes('transient')) return 'transient';
  return verdicts.find((verdict) => verdict !== 'refused') ?? 'refused';
}

function verdictOfCode(code: string, message: string, detail: string): Verdict {
  switch (code) {
    case '3001':
      return 'throttled';
    case '3200':
    case '3100':
    case '120':
      return 'access';
    case '5020':
    case '6190':
      return 'config';
    case '10000':
    // QuickBooks knows the request id with another request, whose outcome has to be looked up.
    case '600':
      return 'transient';
    case '6000':
      return /unexpected error occurred while accessing or saving your data/.test(detail) ? 'transient' : 'refused';
    case '5010':
      return isClosed(message, detail) ? 'closed' : 'stale';
    case '6140':
      return 'number-taken';
    case '6240':
      return 'name-taken';
    case '610':
      return 'gone';
    case '2500':
      return 'bad-reference';
    // One of Intuit's tables gives 6210 for a duplicate number too.
    case '6200':
    case '6210':
      return /Duplicate Document Number/i.test(`${message} ${detail}`) ? 'number-taken' : 'closed';
    case '6540':
      return 'deposited';
    default:
      return 'refused';
  }
}

function isClosed(message: string, detail: string): boolean {
  return /account period (has )?closed/i.test(`${message} ${detail}`);
}

/** How long to wait after a throttle. QuickBooks counts requests by the minute, and documents no Retry-After. */
export const THROTTLE_PAUSE_MS = 60_000;

/** The failure of a whole call, if it is one. The message holds codes and QuickBooks' own sentences, never a token. */
export function failureOf(answer: Answer, what: string): TargetError | undefined {
  const { status, fault } = answer;
  const support = answer.tid === undefined ? '' : ` (Intuit's id ${answer.tid})`;
  if (status === 429) return throttled(answer, what);
  if (fault !== undefined) {
    const first = fault.errors[0];
    const code = first?.code ?? '';
    switch (verdictOf(fault)) {
      case 'throttled':
        return throttled(answer, what);
      case 'access':
        return accessLost(code, what, support);
      case 'transient':
        return new TargetError(
          'transient',
          'target-unreachable',
          `QuickBooks failed to ${what}: ${sentenceOf(fault)}${support}`,
          undefined,
          status < 500,
        );
      case 'config':
        return new TargetError(
          'config',
          'target-not-ready',
          `QuickBooks refuses to ${what}: ${sentenceOf(fault)} Fix this in QuickBooks, then resume.${support}`,
        );
      default:
        break;
    }
  }
  if (status === 401) return accessLost('', what, support);
  if (status >= 500 || (status < 400 && answer.body === undefined) || status === 408) {
    return new TargetError(
      'transient',
      'target-unreachable',
      `QuickBooks answered ${status} to the request to ${what}${support}.`,
    );
  }
  if (status < 400 && fault === undefined) return undefined;
  if (status === 403 && fault === undefined) return accessLost('', what, support);
  const why = fault === undefined ? `it answered ${status}` : sentenceOf(fault);
  return new TargetError('defect', 'target-defect', `QuickBooks did not ${what}: ${why}${support}`);
}

function throttled({ retryAfterMs }: Answer, what: string): TargetError {
  const wait = retryAfterMs ?? THROTTLE_PAUSE_MS;
  return new TargetError(
    'transient',
    'target-throttled',
    `QuickBooks is limiting our requests, so it did not ${what} yet.`,
    wait,
  );
}

function accessLost(code: string, what: string, support: string): TargetError {
  const named = code === '' ? '' : ` (code ${code})`;
  return new TargetError(
    'access',
    'access-lost',
    `QuickBooks refused access to ${what}${named}. Reconnect QuickBooks with an administrator's login.${support}`,
  );
}

/** QuickBooks' own sentences, with their codes. Details of gateway faults are left out, because they quote tokens. */
export function sentenceOf(fault: Fault): string {
  const gateway = fault.type === 'AUTHENTICATION' || fault.type === 'AUTHORIZATION';
  const parts = fault.errors.map(({ code, message, detail }) => {
    const text = (gateway || detail === '' ? message : detail).replace(/\s+/g, ' ').trim();
    return `${/[.!?]$/.test(text) ? text.slice(0, -1) : text} (code ${code}).`;
  });
  return parts.length === 0 ? 'QuickBooks gave no reason.' : parts.join(' ');
}

/** Throws if the fault of one item is about the whole call: access, subscription, throttle, a failure of the service. */
export function throwIfWhole(fault: Fault, what: string): void {
  switch (verdictOf(fault)) {
    case 'transient':
    case 'throttled':
    case 'access':
    case 'config': {
      const failure = failureOf({ status: 400, tid: undefined, retryAfterMs: undefined, body: undefined, fault }, what);
      if (failure !== undefined) throw failure;
      return;
    }
    default:
      return;
  }
}
