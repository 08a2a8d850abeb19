import { type Command, wanted } from '../command.ts';
import { Trouble } from '../io.ts';

/** The companies of an installation. */
export const COMPANY_COMMANDS: readonly Command[] = [
  {
    name: 'companies',
    usage: '',
    summary: 'List the companies of this installation',
    options: {},
    async run({ io, api }) {
      for (let next: string | undefined = ''; next !== undefined; ) {
        const page: { rows: readonly { id: string; name: string; currency: string; timeZone: string }[]; next?: string } =
          await api.get(`/v1/companies?limit=500${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`);
        for (const { id, name, currency, timeZone } of page.rows) io.out(`${id}  ${name}  ${currency}  ${timeZone}`);
        next = page.next;
      }
      return 0;
    },
  },
  {
    name: 'companies put',
    usage: 'ID --name NAME --time-zone ZONE --currency CODE',
    summary: 'Create a company, or rename it',
    options: {
      name: { type: 'string', help: 'company name' },
      'time-zone': { type: 'string', help: 'for example America/Los_Angeles' },
      currency: { type: 'string', help: 'for example USD' },
    },
    async run({ args, io, api, options }) {
      const [id] = args;
      if (id === undefined) throw new Trouble('Name the company’s ID.');
      wanted(options, { name: 'NAME', 'time-zone': 'America/Los_Angeles', currency: 'USD' });
      const body = { name: options.name, timeZone: options['time-zone'], currency: options.currency };
      const made = await api.send<{ id: string }>('PUT', `/v1/companies/${encodeURIComponent(id)}`, body);
      io.out(made.id);
      return 0;
    },
  },
];
