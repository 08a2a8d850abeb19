import { POINTS } from './points.ts';
import type { Finding, Point } from './probe.ts';

/** What was found, in the form of `contact-<date>.json`. It holds no token, no name and no amount of these books. */
export interface ContactReport {
  readonly format: 'ledgerpost-contact/1';
  readonly date: string;
  readonly environment: 'sandbox' | 'production';
  /** What these books prefer, as far as it decides what a probe sees. */
  readonly books: {
    readonly country: string;
    readonly edition: string | null;
    readonly customNumbers: boolean;
    readonly classTracking: 'line' | 'transaction' | 'none';
    readonly locations: boolean;
    readonly automaticCredit: boolean;
    readonly salesTax: 'none' | 'manual' | 'automated';
    readonly multicurrency: boolean;
  };
  readonly points: readonly ReportedPoint[];
}

export interface ReportedPoint {
  readonly point: string;
  readonly assumed: string;
  /** One of the choices; null where it can't be told here, or where something else is so. */
  readonly is: string | null;
  readonly evidence: string;
  readonly status: 'as-assumed' | 'other-choice' | 'surprise' | 'unknown';
  readonly tids: readonly string[];
}

export function reported(point: Point, finding: Finding): ReportedPoint {
  const { name, assumed } = point;
  if ('unknown' in finding) return { point: name, assumed, is: null, evidence: finding.unknown, status: 'unknown', tids: [] };
  if ('other' in finding)
    return { point: name, assumed, is: null, evidence: finding.other, status: 'surprise', tids: finding.tids };
  const status = finding.is === assumed ? 'as-assumed' : 'other-choice';
  return { point: name, assumed, is: finding.is, evidence: finding.evidence, status, tids: finding.tids };
}

/** The table that is printed, and what Ledgerpost would do wrong. */
export function inWords({ points }: ContactReport): string {
  const rows = points.map(({ point, assumed, is, evidence, status, tids }) => {
    const so = status === 'unknown' ? "can't tell here" : (is ?? 'something else');
    const because = status === 'unknown' ? `because ${evidence}` : evidence;
    return [point, assumed, so, because, tids.at(-1) ?? ''];
  });
  const table = [['point', 'we assume', 'it is', 'evidence', 'intuit_tid'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\n${conclusion(points)}`;
}

function conclusion(points: readonly ReportedPoint[]): string {
  const surprises = points.filter(({ status }) => status === 'surprise');
  const known = points.filter(({ status }) => status === 'as-assumed' || status === 'other-choice').length;
  const settled = `${known} of ${points.length} points are settled.`;
  if (surprises.length === 0) return `${settled} Ledgerpost knows all that was found, and would do nothing wrong by it.`;
  const risks = surprises.map(({ point, evidence }) => {
    const risk = POINTS.find(({ name }) => name === point)?.risk ?? '';
    return `- ${point}: ${evidence}. ${risk}`;
  });
  return `${settled} Ledgerpost does not know this behavior:\n${risks.join('\n')}`;
}
