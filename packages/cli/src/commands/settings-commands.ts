import { readFile } from 'node:fs/promises';
import type { ApiClient } from '../api-client.ts';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { Trouble } from '../io.ts';

const TARGET = { target: { type: 'string', help: 'for example saasant' } } as const;

type Settings = { [member: string]: unknown };
/** The parts of JSON Schema that the form of a target's settings uses. */
interface Form {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Form>>;
  readonly additionalProperties?: Form | boolean;
  readonly secret?: boolean;
}

/** The settings of a company at a target. */
export const SETTINGS_COMMANDS: readonly Command[] = [
  {
    name: 'settings show',
    usage: '--target TARGET',
    summary: 'Show all settings of the company at a target, as JSON',
    options: TARGET,
    async run(call) {
      call.io.out(JSON.stringify(await needed(call), null, 2));
      return 0;
    },
  },
  {
    name: 'settings get',
    usage: 'NAME --target TARGET',
    summary: 'Show one setting, for example accounts.income',
    options: TARGET,
    async run(call) {
      const [name] = call.args;
      if (name === undefined) throw new Trouble('Name the setting, for example accounts.income.');
      const { path } = find(await formOf(call), name);
      const value = path.reduce<unknown>((part, member) => (part as Settings | undefined)?.[member], await needed(call));
      if (value === undefined) throw new Trouble(`${name} is not set.`);
      call.io.out(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
      return 0;
    },
  },
  {
    name: 'settings set',
    usage: 'NAME=VALUE… --target TARGET',
    summary: 'Change settings, and keep the others; the first time enables the target',
    options: TARGET,
    async run(call) {
      if (call.args.length === 0) throw new Trouble('Name the settings and their values, for example accounts.income=Services.');
      const form = await formOf(call);
      const settings = structuredClone((await current(call)) ?? {});
      for (const typed of call.args) {
        const at = typed.indexOf('=');
        if (at < 1) throw new Trouble(`"${typed}" has no value. Write NAME=VALUE; NAME= removes the setting.`);
        const found = find(form, typed.slice(0, at));
        // The API keeps a secret that is left out, and removes one that is null.
        const none = found.form.secret === true ? null : undefined;
        write(settings, found.path, typed.slice(at + 1) === '' ? none : asWanted(found, typed.slice(at + 1)));
      }
      await put(call, settings);
      for (const typed of call.args) call.io.out(typed);
      return 0;
    },
  },
  {
    name: 'settings put',
    usage: 'FILE --target TARGET',
    summary: 'Replace all settings by a JSON file; the first time enables the target',
    options: TARGET,
    async run(call) {
      const [file] = call.args;
      if (file === undefined) throw new Trouble('Name the JSON file with the settings.');
      await put(call, await readSettings(file));
      call.io.out(`settings from ${file}`);
      return 0;
    },
  },
];

/** The company's settings at the target; undefined where it has none yet. */
async function current({ io, api, options }: Call): Promise<Settings | undefined> {
  targetPath(companyOf(io, options), options);
  const path = `/v1/companies/${encodeURIComponent(companyOf(io, options))}/targets`;
  const { rows } = await api.get<{ rows: readonly { readonly target: string; readonly settings: Settings }[] }>(path);
  return rows.find(({ target }) => target === options.target)?.settings;
}

async function needed(call: Call): Promise<Settings> {
  const settings = await current(call);
  if (settings === undefined)
    throw new Trouble(`The company has no settings at ${call.options.target} yet. "ledgerpost settings set" creates them.`);
  return settings;
}

async function formOf({ api, options }: { readonly api: ApiClient; readonly options: Call['options'] }): Promise<Form> {
  if (typeof options.target !== 'string') throw new Trouble('Name the target, for example --target saasant.');
  return (await api.get<{ settings: Form }>(`/v1/targets/${encodeURIComponent(options.target)}`)).settings;
}

async function put({ io, api, options }: Call, settings: Settings): Promise<void> {
  await api.send('PUT', targetPath(companyOf(io, options), options), settings);
}

interface Found {
  readonly name: string;
  readonly path: readonly string[];
  readonly form: Form;
}

/** Finds a setting in the form: `accounts.income`. Below a list of names (`categories`) the rest is the name, dots included. */
function find(form: Form, name: string): Found {
  let part = form;
  const path: string[] = [];
  for (let rest = name; rest !== ''; ) {
    if (part.properties === undefined && typeof part.additionalProperties === 'object') {
      path.push(rest);
      return { name, path, form: part.additionalProperties };
    }
    const [member = '', ...more] = rest.split('.');
    const next = part.properties?.[member];
    if (next === undefined) {
      const known = Object.keys(part.properties ?? {});
      const where = path.length === 0 ? 'The settings have' : `${path.join('.')} has`;
      throw new Trouble(`There is no setting "${name}". ${where} ${known.length === 0 ? 'no members' : known.join(', ')}.`);
    }
    path.push(member);
    part = next;
    rest = more.join('.');
  }
  return { name, path, form: part };
}

/** What a person typed, as the form wants it: text as it is, everything else as JSON. */
function asWanted({ name, form }: Found, typed: string): unknown {
  if (form.type === 'string') return typed;
  try {
    return JSON.parse(typed);
  } catch {
    if (form.type === undefined) return typed;
    throw new Trouble(`${name} must be JSON of type ${form.type}, not "${typed}".`);
  }
}

function write(settings: Settings, path: readonly string[], value: unknown): void {
  let part = settings;
  for (const member of path.slice(0, -1)) {
    part[member] ??= {};
    part = part[member] as Settings;
  }
  const last = path.at(-1)!;
  if (value === undefined) delete part[last];
  else part[last] = value;
}

async function readSettings(file: string): Promise<Settings> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Settings;
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : ((error as NodeJS.ErrnoException).code ?? 'unreadable');
    throw new Trouble(`${file} can’t be read (${reason}).`);
  }
}
