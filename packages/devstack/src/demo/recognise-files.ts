import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { knownHeaders, openTable, propose, recognise, type SourceFile, UnreadableFile } from '@ledgerpost/intake';
import type { KnownMapping } from './choose-mappings.ts';

/** Files that one mapping reads together, by role. */
export interface FileSet {
  readonly known: KnownMapping;
  readonly files: Readonly<Record<string, SourceFile>>;
}

export interface RecognisedFiles {
  readonly sets: readonly FileSet[];
  /** What was found, a line per file. */
  readonly lines: readonly string[];
  /** Why nothing can be imported yet: each names the next step. */
  readonly stopping: readonly string[];
}

const TABLES = /\.(csv|tsv|txt|xlsx|xls)$/i;

/** Finds out what each file of a folder is, by its headers. */
export async function recogniseFiles(folder: string, mappings: readonly KnownMapping[]): Promise<RecognisedFiles> {
  const plain = mappings.map(({ mapping }) => mapping);
  const headers = knownHeaders(plain);
  const found = new Map<KnownMapping, Map<string, SourceFile[]>>();
  const lines: string[] = [];
  const stopping: string[] = [];
  for (const name of (await readdir(folder)).filter((one) => TABLES.test(one)).sort()) {
    const file: SourceFile = { name, open: () => createReadStream(join(folder, name)) };
    try {
      const table = await openTable(file, headers);
      const is = recognise(table.headers, plain);
      if (is === undefined) {
        lines.push(...proposed(name, table.headers));
        continue;
      }
      const known = mappings.find(({ mapping }) => mapping === is.mapping)!;
      const roles = found.get(known) ?? new Map<string, SourceFile[]>();
      found.set(known, roles.set(is.role, [...(roles.get(is.role) ?? []), file]));
      lines.push(`${name}: ${is.mapping.title}, ${is.mapping.files[is.role]!.title} (headers: ${known.grade})`);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      lines.push(`${name}: can't be read`);
      stopping.push(error.message);
    }
  }
  const sets: FileSet[] = [];
  for (const [known, roles] of found) {
    const { mapping, yieldsTo } = known;
    const richer = [...found.keys()].find((one) => one.mapping.name === yieldsTo);
    if (richer !== undefined) {
      lines.push(`${mapping.title}: left out, because ${richer.mapping.title} holds the same payments`);
      continue;
    }
    for (const [role, { title, optional }] of Object.entries(mapping.files)) {
      if (optional !== true && !roles.has(role))
        stopping.push(`${mapping.title} also needs the file “${title}”. Add it to the folder.`);
    }
    const isAlone = Object.keys(mapping.files).length === 1;
    for (const [role, files] of roles) {
      if (isAlone) sets.push(...files.map((file) => ({ known, files: { [role]: file } })));
      else if (files.length > 1) {
        const names = files.map(({ name }) => name).join(' and ');
        stopping.push(`${names} are both “${mapping.files[role]!.title}”. Keep one of them, or export both periods as one file.`);
      }
    }
    if (!isAlone) sets.push({ known, files: Object.fromEntries([...roles].map(([role, files]) => [role, files[0]!])) });
  }
  return { sets, lines, stopping };
}

/** How an unknown file may be read, for a person to confirm. */
function proposed(name: string, headers: readonly string[]): string[] {
  const { mapping, template, missing, unclear } = propose(headers);
  const lines = [`${name}: not recognised, left out. Its columns: ${headers.join(', ').slice(0, 200)}`];
  if (mapping !== undefined) {
    const answer = { extends: template, files: mapping.files };
    lines.push(`${name}: to import it, check this mapping and pass it with --mapping FILE: ${JSON.stringify(answer)}`);
  }
  if (missing.length > 0 && missing.length < 3) lines.push(`${name}: no column is known to mean ${missing.join(', ')}`);
  for (const { column, headers: of } of unclear) lines.push(`${name}: ${of.join(' and ')} may both mean ${column}`);
  return lines;
}
