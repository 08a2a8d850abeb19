import { type Command, companyOf, targetPath, wanted } from '../command.ts';
import { Trouble } from '../io.ts';

/** Postings that Ledgerpost did not send. */
export const POSTING_COMMANDS: readonly Command[] = [
  {
    name: 'mark-in-books',
    usage: 'TYPE ID --target TARGET --external-id ID --reason TEXT',
    summary: 'Mark a record as already in the books, so that no batch sends it',
    options: {
      target: { type: 'string', help: 'for example qbo' },
      'external-id': { type: 'string', help: 'the ID that the books gave the document' },
      reason: { type: 'string', help: 'why; the journal keeps it' },
    },
    async run({ args, io, api, options }) {
      const [type, id] = args;
      if (type === undefined || id === undefined)
        throw new Trouble('Name the record by type and ID, for example: invoice i-1042. The unbatched list shows both.');
      const at = targetPath(companyOf(io, options), options);
      wanted(options, { 'external-id': '981', reason: '"Dana entered it on Friday."' });
      const body = { type, id, externalId: options['external-id'], reason: options.reason };
      await api.send('POST', `${at}/postings`, body);
      io.out(`${type} ${id}: marked as in the books as ${options['external-id']}`);
      return 0;
    },
  },
];
