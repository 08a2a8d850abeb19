import { readFile } from 'node:fs/promises';
import { type Mapping, PRESETS } from '@ledgerpost/intake';

/** A mapping, and how far a person may rely on it. */
export interface KnownMapping {
  readonly mapping: Mapping;
  readonly grade: string;
  readonly notes: readonly string[];
  /** The mapping whose files hold the same payments and more of each. */
  readonly yieldsTo?: string | undefined;
}

/** What a file of a person's own says: a whole mapping, or what to change in a preset. */
type OwnMapping = Mapping | ({ readonly extends: string } & Partial<Mapping>);

/** The person's own mappings first, then the presets. @throws Error with a sentence for a file that is no mapping */
export async function knownMappings(file: string | undefined): Promise<readonly KnownMapping[]> {
  const presets = PRESETS.map((preset): KnownMapping => preset);
  if (file === undefined) return presets;
  let said: OwnMapping | readonly OwnMapping[];
  try {
    said = JSON.parse(await readFile(file, 'utf8')) as OwnMapping | readonly OwnMapping[];
  } catch (error) {
    throw new Error(`The mapping ${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const own = [said].flat().map((one): KnownMapping => {
    if (!('extends' in one)) {
      if (one.files === undefined || one.records === undefined || one.source === undefined || one.name === undefined)
        throw new Error(`The mapping ${file} needs name, source, files and records, or "extends" with the name of a preset.`);
      return { mapping: one, grade: 'your own', notes: [] };
    }
    const { extends: name, ...changes } = one;
    const preset = PRESETS.find(({ mapping }) => mapping.name === name);
    if (preset === undefined) {
      const names = PRESETS.map(({ mapping }) => mapping.name).join(', ');
      throw new Error(`The mapping ${file} extends "${name}", which is no preset. Presets: ${names}.`);
    }
    const { mapping } = preset;
    return {
      ...preset,
      mapping: {
        ...mapping,
        ...changes,
        name: mapping.name,
        values: mergedTables(mapping, changes),
        constants: { ...mapping.constants, ...changes.constants },
      },
    };
  });
  const names = new Set(own.map(({ mapping }) => mapping.name));
  return [...own, ...presets.filter(({ mapping }) => !names.has(mapping.name))];
}

function mergedTables(mapping: Mapping, changes: Partial<Mapping>): NonNullable<Mapping['values']> {
  const tables = { ...mapping.values };
  for (const [name, table] of Object.entries(changes.values ?? {})) tables[name] = { ...tables[name], ...table };
  return tables;
}
