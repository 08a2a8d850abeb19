import {
  type AssignedFiles,
  assignFiles,
  type Corrections,
  type FileSet,
  KNOWN_PRESETS,
  type KnownMapping,
  type Mapping,
  normalHeader,
  readOwnMapping,
  type SeenFile,
  type SourceFile,
} from '@ledgerpost/intake';
import {
  hashOf,
  type ImportFile,
  type ImportRow,
  listImportFiles,
  listMappings,
  readImportFile,
  type Sql,
} from '@ledgerpost/store';

/** The files of an import, what each is, and the mappings that read them. */
export interface FilesAtHand extends AssignedFiles {
  readonly stored: readonly ImportFile[];
  /** Mappings of the company that can't be read any more, and why. */
  readonly faulty: readonly string[];
}

/** What an API shows of it: no bytes. */
export interface LookedAt {
  readonly files: readonly SeenFile[];
  readonly sets: readonly LookedAtSet[];
  readonly stopping: readonly string[];
}

export interface LookedAtSet {
  readonly mapping: Mapping;
  readonly grade: KnownMapping['grade'];
  readonly notes: readonly string[];
  /** File names by role. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

/** Finds out what the files of an import are: by the import's own mappings, then the company's, then the presets. */
export async function lookAtFiles(sql: Sql, { id, companyId, mappings }: ImportRow): Promise<FilesAtHand> {
  const stored = await listImportFiles(sql, id);
  const saved = await listMappings(sql, companyId);
  const faulty: string[] = [];
  const own = [...mappings, ...saved.map(({ mapping }) => mapping)].flatMap((value): KnownMapping[] => {
    const read = readOwnMapping(value);
    if ('known' in read) return [read.known];
    faulty.push(`A saved mapping can’t be used: ${read.faults[0]!.field} ${read.faults[0]!.message}`);
    return [];
  });
  const known = firstOfEach([...own, ...KNOWN_PRESETS]);
  const files = stored.map((file) => sourceFile(sql, id, file, MOST_KEPT / stored.length));
  return { ...(await assignFiles(files, known)), stored, faulty };
}

/** Bytes of a file that stay in memory: files are opened several times, and most are smaller. */
const MOST_KEPT = 12 * 1024 * 1024;
/** Of a larger one, which is read again anyway: its beginning, which shows what it is. */
const BEGINNING = 512 * 1024;

/** A stored file. It is read from the database once, or its first chunks are if it is large. */
export function sourceFile(sql: Sql, importId: string, { name, ordinal, size: all }: ImportFile, room = MOST_KEPT): SourceFile {
  const most = all <= room ? room : Math.min(room, BEGINNING);
  const kept: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  return {
    name,
    async *open() {
      let chunk = 0;
      for (; chunk < kept.length; chunk += 1) yield kept[chunk]!;
      if (isWhole) return;
      for await (const bytes of readImportFile(sql, importId, ordinal, chunk)) {
        if (chunk === kept.length && size + bytes.length <= most) {
          kept.push(bytes);
          size += bytes.length;
        }
        chunk += 1;
        yield bytes;
      }
      isWhole = chunk === kept.length;
    },
  };
}

export function shownLook({ files, sets, stopping }: FilesAtHand): LookedAt {
  return {
    files,
    stopping,
    sets: sets.map(({ known: { mapping, grade, notes }, files: roles }) => ({
      mapping,
      grade,
      notes,
      files: Object.fromEntries(Object.entries(roles).map(([role, of]) => [role, of.map(({ name }) => name)])),
    })),
  };
}

function firstOfEach(all: readonly KnownMapping[]): readonly KnownMapping[] {
  const names = new Set<string>();
  return all.filter(({ mapping }) => {
    if (names.has(mapping.name)) return false;
    names.add(mapping.name);
    return true;
  });
}

/** By file name, as the mapping reads them. */
export function correctionsOf({ corrections }: ImportRow): ReadonlyMap<string, Corrections> {
  const files = new Map<string, Map<number, Record<string, string>>>();
  for (const { file, row, column, value } of corrections) {
    const rows = files.get(file) ?? new Map<number, Record<string, string>>();
    files.set(file, rows.set(row, { ...rows.get(row), [normalHeader(column)]: value }));
  }
  return files;
}

/** Of files, mappings and corrections: the same again was seen before. File names don't count. */
export function contentHashOf({ corrections }: ImportRow, sets: readonly FileSet[], stored: readonly ImportFile[]): string {
  const hash = (name: string) => stored.find((file) => file.name === name)?.sha256 ?? '';
  const said = sets
    .map(({ known, files }) => [
      mappingHashOf(known.mapping),
      Object.entries(files).map(([role, of]) => [role, of.map(({ name }) => hash(name)).sort()]),
    ])
    .map((set) => JSON.stringify(set))
    .sort();
  const corrected = corrections.map((one) => JSON.stringify({ ...one, file: hash(one.file) })).sort();
  return hashOf(JSON.stringify([said, corrected]));
}

/** Two parts: how values are read, and which columns are. A changed title changes neither. */
export function mappingHashOf({ title: _, name: __, files, ...values }: Mapping): string {
  const columns = Object.entries(files).map(([role, file]) => [role, { ...file, title: '' }]);
  return `${hashOf(canonical(values)).slice(0, 16)}:${hashOf(canonical(columns)).slice(0, 16)}`;
}

/** Postgres keeps JSON without the order of its members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
