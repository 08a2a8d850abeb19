/** One error out of a fault, however it was spelled. */
export interface FaultError {
  /** Without leading zeros: 3200, 6140. Empty if the answer gave none. */
  readonly code: string;
  readonly message: string;
  readonly detail: string;
}

export interface Fault {
  /** ValidationFault, SystemFault, AUTHENTICATION, SERVICE… */
  readonly type: string;
  readonly errors: readonly FaultError[];
}

/** An answer of QuickBooks, or of a gateway in front of it. */
export interface Answer {
  readonly status: number;
  /** Intuit's support key for this one request. */
  readonly tid: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** The JSON, if it is an answer of the service. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly fault: Fault | undefined;
}

/** Reads an answer as what it is, not as what was requested: JSON of the service or its gateway, XML, HTML, nothing. */
export function readAnswer(status: number, headers: Headers, text: string): Answer {
  const json = parsed(text);
  return {
    status,
    tid: supportIdIn(headers),
    retryAfterMs: retryAfter(headers.get('retry-after')),
    body: json,
    fault: json === undefined ? xmlFault(text) : faultIn(json),
  };
}

/** Intuit's support id of an answer. Intuit documents `intuit_tid`; answers were also recorded with `Intuit-Tid`. */
export function supportIdIn(headers: Headers): string | undefined {
  return headers.get('intuit_tid') ?? headers.get('intuit-tid') ?? undefined;
}

/** The fault in an answer, or in one item of a batch. */
export function faultIn(json: Readonly<Record<string, unknown>>): Fault | undefined {
  const fault = recordOf(json.Fault) ?? recordOf(json.fault);
  if (fault === undefined) return undefined;
  const errors = listOf(fault.Error ?? fault.error).flatMap((one): FaultError[] => {
    const error = recordOf(one);
    return error === undefined ? [] : [errorOf(error.code, error.Message ?? error.message, error.Detail ?? error.detail)];
  });
  return { type: textOf(fault.type), errors };
}

function errorOf(code: unknown, message: unknown, detail: unknown): FaultError {
  return { code: textOf(code).replace(/^0+(?=\d)/, ''), message: textOf(message), detail: textOf(detail) };
}

/** Gateways sometimes answer in XML, whatever format the request accepts. */
function xmlFault(text: string): Fault | undefined {
  if (!/^\s*<(\?xml|IntuitResponse)/.test(text)) return undefined;
  const fault = /<(?:\w+:)?Fault\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?Fault>/.exec(text);
  if (fault === null) return undefined;
  const errors = [...fault[2]!.matchAll(/<(?:\w+:)?Error\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?Error>/g)].map((error) =>
    errorOf(attribute(error[1]!, 'code'), element(error[2]!, 'Message'), element(error[2]!, 'Detail')),
  );
  return { type: attribute(fault[1]!, 'type'), errors };
}

function attribute(text: string, name: string): string {
  return new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(text)?.[1] ?? '';
}

function element(text: string, name: string): string {
  const found = new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>([\\s\\S]*?)</`).exec(text)?.[1] ?? '';
  return found
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

/** The header holds seconds or a date. Only seconds are read: a date would need a clock. */
function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1000 : undefined;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : '';
}
