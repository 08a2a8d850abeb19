import { TargetError } from '@ledgerpost/core';
import type { Answer, Fault } from './answer.ts';

/** What a fault means for the one document it is about, where it is about one. */
export type Verdict =
  /** Nobody knows, or not now: the same call again. */
  | 'transient'
  | 'throttled'
  | 'access'
  /** An admin mends it in QuickBooks. */
  | 'config'
  /** Somebody changed the transaction between our reading and our writing. */
  | 'stale'
  /** The number is taken. */
  | 'number-taken'
  | 'name-taken'
  /** The transaction, or something that it refers to, is not there. */
  | 'gone'
  | 'closed'
  | 'deposited'
  /** QuickBooks' own no; its sentence says why. */
  | 'refused';

/** By code first, by text only where one code means several things. Wordings that nobody has seen are not matched. */
export function verdictOf({ type, errors }: Fault): Verdict {
  const verdicts = errors.map(({ code, message, detail }) => verdictOfCode(code, message, detail));
  // A system fault says nothing about the document, whatever else stands beside it.
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
    // A request id that QuickBooks knows with another request: what became of that one has to be looked up.
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

/** QuickBooks waits a minute before it forgives; nobody has documented a Retry-After. */
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
        return new TargetError('transient', 'target-unreachable', `QuickBooks failed to ${what}: fault ${code}${support}.`);
      case 'config':
        return new TargetError(
          'config',
          'target-not-ready',
          `QuickBooks refuses to ${what}: ${sentenceOf(fault)} Mend it in QuickBooks, then go on.${support}`,
        );
      default:
        break;
    }
  }
  if (status === 401) return accessLost('', what, support);
  if (status >= 500 || (status < 400 && answer.body === undefined) || status === 408) {
    return new TargetError('transient', 'target-unreachable', `QuickBooks answered ${status} to: ${what}${support}.`);
  }
  if (status < 400 && fault === undefined) return undefined;
  if (status === 403 && fault === undefined) return accessLost('', what, support);
  const why = fault === undefined ? `it answered ${status}` : sentenceOf(fault);
  return new TargetError('defect', 'target-defect', `QuickBooks did not ${what}: ${why}${support}`);
}

function throttled({ retryAfterMs }: Answer, what: string): TargetError {
  const wait = retryAfterMs ?? THROTTLE_PAUSE_MS;
  return new TargetError('transient', 'target-throttled', `QuickBooks takes no more requests for now (${what}).`, wait);
}

function accessLost(code: string, what: string, support: string): TargetError {
  const named = code === '' ? '' : ` (code ${code})`;
  return new TargetError(
    'access',
    'access-lost',
    `QuickBooks does not let us in to ${what}${named}. Connect again with an administrator's login.${support}`,
  );
}

/** QuickBooks' own sentences, with their codes. Gateway faults quote tokens, so only the service's own details are passed on. */
export function sentenceOf(fault: Fault): string {
  const gateway = fault.type === 'AUTHENTICATION' || fault.type === 'AUTHORIZATION';
  const parts = fault.errors.map(({ code, message, detail }) => {
    const text = (gateway || detail === '' ? message : detail).replace(/\s+/g, ' ').trim();
    return `${/[.!?]$/.test(text) ? text.slice(0, -1) : text} (code ${code}).`;
  });
  return parts.length === 0 ? 'It gave no reason.' : parts.join(' ');
}
