import { bodyTime } from '../clock.ts';
import type { Fault } from '../faults.ts';
import { withDecimals } from '../money.ts';
import type { Switches } from '../switches.ts';
import type { Reply } from './http.ts';

const decimals = new Set([
  'Amount',
  'TotalAmt',
  'Balance',
  'BalanceWithJobs',
  'UnappliedAmt',
  'RemainingCredit',
  'CurrentBalance',
  'CurrentBalanceWithSubAccounts',
  'TotalTax',
  'NetAmountTaxable',
]);

/** JSON as the service writes it: amounts are `739.00` or, in older recordings, `739.0`; zero is `0`. */
export function toWire(body: unknown, amounts: Switches['amounts']): string {
  const rawJSON = (JSON as unknown as { rawJSON?(text: string): unknown }).rawJSON;
  return JSON.stringify(body, (member, value) => {
    if (rawJSON === undefined || !decimals.has(member) || typeof value !== 'number' || value === 0) return value;
    if (amounts === 'two-decimals') return rawJSON(withDecimals(value));
    return Number.isInteger(value) ? rawJSON(`${value}.0`) : value;
  });
}

/** A body with its `time`, as JSON or, when the client didn't ask for JSON, as XML. */
export function answer(body: Record<string, unknown>, now: number, wantsJson: boolean, amounts: Switches['amounts']): Reply {
  if (!wantsJson) {
    return { status: 200, headers: { 'content-type': 'application/xml;charset=utf-8' }, body: intuitResponse(body, now) };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: toWire({ ...body, time: bodyTime(now) }, amounts),
  };
}

/** A fault in the envelope that signs for it: the service's, the gateway's lower-case one, or XML. */
export function answerFault(fault: Fault, now: number, form: 'json' | 'xml'): Reply {
  if (form === 'xml') {
    return {
      status: fault.status,
      headers: { 'content-type': 'application/xml' },
      body: intuitResponse({ Fault: { Error: [fault.error], type: fault.type } }, now),
    };
  }
  if (fault.gateway) {
    const { Message: message, Detail: detail, code } = fault.error;
    return {
      status: fault.status,
      headers: {
        'content-type': 'application/json',
        ...(fault.status === 401 ? { 'www-authenticate': 'Bearer realm="Intuit", error="invalid_token"' } : {}),
      },
      body: JSON.stringify({
        warnings: null,
        intuitObject: null,
        fault: { error: [{ message, detail, code, element: null }], type: fault.type },
        report: null,
        queryResponse: null,
        batchItemResponse: [],
        attachableResponse: [],
        syncErrorResponse: null,
        requestId: null,
        time: now,
        status: null,
        cdcresponse: [],
      }),
    };
  }
  // The one recording of an invalid id has no time.
  const time = fault.error.code === '2030' ? {} : { time: bodyTime(now) };
  return {
    status: fault.status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Fault: { Error: [fault.error], type: fault.type }, ...time }),
  };
}

function intuitResponse(body: Record<string, unknown>, now: number): string {
  const parts = Object.entries(body).map(([member, value]) => element(member, value));
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse xmlns="http://schema.intuit.com/finance/v3" time="${bodyTime(now)}">${parts.join('')}</IntuitResponse>`;
}

const attributes = new Set([
  'domain',
  'sparse',
  'status',
  'type',
  'code',
  'element',
  'startPosition',
  'maxResults',
  'totalCount',
  'bId',
]);

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
  if (typeof value !== 'object' || value === null) return `<${name}>${escapeXml(String(value))}</${name}>`;
  const entries = Object.entries(value);
  if ('value' in value) {
    const { value: text, name: label } = value as { value: unknown; name?: string };
    return `<${name}${label === undefined ? '' : ` name="${escapeXml(label)}"`}>${escapeXml(String(text))}</${name}>`;
  }
  const marked = entries.filter(([member, one]) => attributes.has(member) && typeof one !== 'object');
  const inner = entries.filter(([member, one]) => !(attributes.has(member) && typeof one !== 'object'));
  const heads = marked.map(([member, one]) => ` ${member}="${escapeXml(String(one))}"`).join('');
  return `<${name}${heads}>${inner.map(([member, one]) => element(member, one)).join('')}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
