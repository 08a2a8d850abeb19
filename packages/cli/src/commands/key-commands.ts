import { type Call, type Command, companyOf, wanted } from '../command.ts';
import { type Io, Trouble } from '../io.ts';
import { count } from './words.ts';

/** API keys, and the keys that seal connections. */
export const KEY_COMMANDS: readonly Command[] = [
  {
    name: 'keys create',
    usage: '--name NAME --role ROLE…',
    summary: 'Create an API key; its secret is shown only once',
    options: {
      name: { type: 'string', help: 'the person or system that uses the key' },
      role: { type: 'string', multiple: true, help: 'source, viewer, poster, approver or admin; repeat for more roles' },
      installation: { type: 'boolean', help: 'create a key for the installation instead of one company' },
    },
    async run({ io, api, options }) {
      wanted(options, { name: 'NAME', role: 'viewer' });
      const key = await api.send<{ id: string; secret: string }>('POST', keysPath(io, options), {
        name: options.name,
        roles: options.role,
      });
      io.out(key.secret);
      io.err(`Created key ${key.id}. Store the secret now: it is not kept anywhere else.`);
      return 0;
    },
  },
  {
    name: 'keys list',
    usage: '',
    summary: 'List the API keys of the company',
    options: { installation: { type: 'boolean', help: 'list the keys of the installation' } },
    async run({ io, api, options }) {
      const { rows } = await api.get<{ rows: readonly Key[] }>(keysPath(io, options));
      for (const { id, name, roles, revokedAt } of rows)
        io.out(`${id}  ${name}  ${roles.join(',')}${revokedAt === null ? '' : `  revoked ${revokedAt}`}`);
      return 0;
    },
  },
  {
    name: 'keys revoke',
    usage: 'KEY',
    summary: 'Revoke an API key, effective immediately',
    options: { installation: { type: 'boolean', help: 'revoke a key of the installation' } },
    async run({ args, io, api, options }) {
      const [id] = args;
      if (id === undefined) throw new Trouble('Name the key’s ID. "ledgerpost keys list" shows it.');
      await api.send('DELETE', `${keysPath(io, options)}/${encodeURIComponent(id)}`);
      io.out(`${id} revoked`);
      return 0;
    },
  },
  {
    name: 'seals rotate',
    usage: '',
    summary: 'Seal the stored connections again, with the first sealing key',
    options: {},
    async run({ io, api }) {
      const { key, sealedAgain, unreadable } = await api.send<Rotation>('POST', '/v1/seals/rotate');
      io.out(`${count(sealedAgain)} sealed again with key ${key}.`);
      for (const { company, target, key: under } of unreadable)
        io.err(
          `The connection of ${company} at ${target} is sealed with key ${under}, which can’t open it. Restore that key, or reconnect.`,
        );
      return unreadable.length > 0 ? 1 : 0;
    },
  },
];

interface Rotation {
  readonly key: string;
  readonly sealedAgain: number;
  readonly unreadable: readonly { readonly company: string; readonly target: string; readonly key: string }[];
}
interface Key {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly revokedAt: string | null;
}

function keysPath(io: Io, options: Call['options']): string {
  return options.installation === true ? '/v1/keys' : `/v1/companies/${encodeURIComponent(companyOf(io, options))}/keys`;
}
