import { parseArgs } from 'node:util';
import { type ApiClient, apiClient, connectionOf } from './api-client.ts';
import { type Call, type Command, hasCompany } from './command.ts';
import { COMMANDS } from './commands/commands.ts';
import { type Io, Trouble } from './io.ts';

/**
 * Runs one command line and returns the exit code: 0 all is well; 1 it ran, and something needs attention (refused
 * lines, a batch that was not fully posted); 2 it could not run.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    io.progress('');
    if (!(error instanceof Trouble)) throw error;
    io.err(error.message);
    return 2;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const command = commandIn(argv);
  if (command === undefined) {
    const asked = argv.length === 0 || argv.includes('--help') || argv[0] === 'help';
    const about = argv[0] === 'help' ? argv.slice(1) : argv;
    const one = asked ? commandIn(about) : undefined;
    if (one !== undefined) {
      io.out(helpOf(one));
      return 0;
    }
    const group = COMMANDS.filter(({ name }) => name.startsWith(`${about[0]} `));
    if (!asked && group.length > 0) throw new Trouble(`Choose one of these commands:\n${list(group)}`);
    if (!asked) throw new Trouble(`There is no command "${argv.join(' ')}". Run "ledgerpost help" for a list.`);
    io.out(group.length > 0 ? list(group) : help());
    return 0;
  }
  const rest = argv.slice(command.name.split(' ').length);
  if (rest.includes('--help')) {
    io.out(helpOf(command));
    return 0;
  }
  const { values, positionals } = parse(command, rest);
  const connection = connectionOf(io);
  const api = apiClient(connection, io.signal);
  const options = await withCompany(command, values, io, api);
  return await command.run({ args: positionals, options, io, connection, api });
}

/** A key of a company is for that company, so that nobody has to name it. Asks only where no company is named and one is needed. */
async function withCompany(command: Command, options: Call['options'], io: Io, api: ApiClient): Promise<Call['options']> {
  const ofInstallation = options.installation === true || ['companies', 'seals'].includes(command.name.split(' ')[0]!);
  if (ofInstallation || hasCompany(io, options)) return options;
  const { companyId } = await api.get<{ companyId?: string | null }>('/v1/session');
  return typeof companyId === 'string' ? { ...options, company: companyId } : options;
}

/** The longest command name that the line starts with. */
function commandIn(argv: readonly string[]): Command | undefined {
  const startsWith = (name?: string) => name?.split(' ').every((word, i) => argv[i] === word) === true;
  return COMMANDS.filter(({ name, formerName }) => startsWith(name) || startsWith(formerName)).toSorted(
    (a, b) => b.name.length - a.name.length,
  )[0];
}

function parse(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        company: { type: 'string' },
        ...Object.fromEntries(
          Object.entries(command.options).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
        ),
      },
    });
  } catch (error) {
    throw new Trouble(`${(error as Error).message}\n${helpOf(command)}`);
  }
}

function list(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
}

function help(): string {
  return [
    'ledgerpost COMMAND [--company ID]',
    '',
    list(COMMANDS),
    '',
    'Set LEDGERPOST_URL to the address of the API, and LEDGERPOST_KEY to an API key.',
    'LEDGERPOST_COMPANY is used where --company is left out. A key of one company needs neither.',
    'Run "ledgerpost COMMAND --help" for the options of a command.',
  ].join('\n');
}

function helpOf({ name, usage, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { help }]) => `  --${option}  ${help}`);
  return [`ledgerpost ${name} ${usage}`.trim(), summary, ...rows].join('\n');
}
