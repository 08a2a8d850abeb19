import type { Mapping } from '../map/mapping.ts';
import type { KnownMapping } from '../mappings/own-mapping.ts';
import { PRESETS } from '../presets/index.ts';
import { notEnough } from '../presets/not-enough.ts';
import { openTable } from '../read/open-table.ts';
import { type SourceFile, UnreadableFile, type UnreadableFileCode } from '../read/source-file.ts';
import { type Proposal, propose } from './propose.ts';
import { knownHeaders, recognise } from './recognise.ts';

/** Files that one mapping reads together, by role; of each role in the order in which they were given. */
export interface FileSet {
  readonly known: KnownMapping;
  readonly files: Readonly<Record<string, readonly SourceFile[]>>;
}

/** What one file is. */
export interface SeenFile {
  readonly file: string;
  readonly headers: readonly string[];
  /** The row of the header, from 1. */
  readonly headerRow: number | null;
  readonly sheet: string | null;
  readonly delimiter: string | null;
  /** Null: not recognized. */
  readonly mapping: string | null;
  readonly role: string | null;
  /** `left-out`: another file holds the same payments and more of each. */
  readonly use: 'read' | 'left-out' | 'unknown' | 'unreadable';
  /** Why the file is unreadable, unknown or left out, and what to do. */
  readonly message: string | null;
  readonly code: UnreadableFileCode | null;
  /** How an unknown file may be read, for a person to confirm. */
  readonly proposal: Proposal | null;
}

export interface AssignedFiles {
  readonly files: readonly SeenFile[];
  readonly sets: readonly FileSet[];
  /** Why nothing can be imported yet: each names the next step. */
  readonly stopping: readonly string[];
}

/**
 * Finds out what each file is by its headers, and which of them belong together.
 * @param mappings the company's own before the presets
 */
export async function assignFiles(files: readonly SourceFile[], mappings: readonly KnownMapping[]): Promise<AssignedFiles> {
  const plain = mappings.map(({ mapping }) => mapping);
  const headers = knownHeaders(plain);
  const assigned = new Map<KnownMapping, Map<string, SourceFile[]>>();
  const seen: SeenFile[] = [];
  const stopping: string[] = [];
  for (const file of files) {
    try {
      const table = await openTable(file, headers);
      const found = recognise(table.headers, plain);
      const is = found !== undefined && isOtherwise(found.mapping, table.headers) ? undefined : found;
      const about = {
        ...NOTHING,
        file: file.name,
        headers: table.headers,
        headerRow: table.headerRow,
        sheet: table.sheet ?? null,
        delimiter: table.delimiter ?? null,
      };
      const why = is === undefined ? notEnough(table.headers) : undefined;
      if (why !== undefined) {
        seen.push({ ...about, use: 'left-out', message: `${file.name} ${why}` });
        continue;
      }
      if (is === undefined) {
        const message = `${file.name} was not recognized, so it is left out. Confirm or write a mapping for its columns.`;
        seen.push({ ...about, use: 'unknown', message, proposal: propose(table.headers) });
        continue;
      }
      const known = mappings.find(({ mapping }) => mapping === is.mapping)!;
      const roles = assigned.get(known) ?? new Map<string, SourceFile[]>();
      assigned.set(known, roles.set(is.role, [...(roles.get(is.role) ?? []), file]));
      seen.push({ ...about, use: 'read', mapping: is.mapping.name, role: is.role });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      seen.push({ ...NOTHING, file: file.name, use: 'unreadable', code: error.code, message: error.message });
      stopping.push(error.message);
    }
  }
  const sets: FileSet[] = [];
  for (const [known, roles] of assigned) {
    const { mapping, yieldsTo } = known;
    const richer = [...assigned.keys()].find((one) => one.mapping.name === yieldsTo);
    if (richer !== undefined) {
      for (const [at, one] of seen.entries()) {
        if (one.mapping !== mapping.name) continue;
        const message = `${one.file} is left out, because ${richer.mapping.title} holds the same payments.`;
        seen[at] = { ...one, use: 'left-out', message };
      }
      continue;
    }
    for (const [role, { title, optional }] of Object.entries(mapping.files)) {
      if (optional !== true && !roles.has(role)) stopping.push(`${mapping.title} also needs the file “${title}”. Add it.`);
    }
    sets.push({ known, files: Object.fromEntries(roles) });
  }
  return { files: seen, sets: sets.sort(fullerCustomersFirst), stopping };
}

/**
 * Whether a file has the headers of one of our templates by chance: rows that are lines have the invoice's total too, and would come in
 * as invoices of one line.
 */
function isOtherwise(mapping: Mapping, headers: readonly string[]): boolean {
  if (!PRESETS.some((preset) => preset.mapping === mapping && mapping.source === 'file')) return false;
  const { template, mapping: proposed } = propose(headers);
  return proposed !== undefined && template !== mapping.name;
}

const NOTHING = {
  headers: [],
  headerRow: null,
  sheet: null,
  delimiter: null,
  mapping: null,
  role: null,
  message: null,
  code: null,
  proposal: null,
} as const;

/** Invoices know a customer's address, and payments the name alone; the first set that names a customer counts. */
function fullerCustomersFirst(a: FileSet, b: FileSet): number {
  const members = ({ known }: FileSet) =>
    known.mapping.records.reduce(
      (most, { type, members: all }) => (type === 'customer' ? Math.max(most, Object.keys(all).length) : most),
      0,
    );
  return members(b) - members(a);
}
