import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Note, Trouble } from '../../ui/parts.tsx';
import { listed } from '../../ui/words.ts';
import { COLUMNS, TEMPLATES } from './import-words.ts';
import { presetsQuery, type SeenFile } from './queries.ts';

interface ColumnsFormProps {
  readonly file: SeenFile;
  /** Names of mappings that the import has. */
  readonly taken: readonly unknown[];
  readonly isDisabled: boolean;
  onAccept(mapping: unknown): void;
}

/** A file of our templates: what its columns are called. */
interface TemplateFile {
  readonly title: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

/** Which column of a file that no mapping knows means what: a proposal, for a person to complete and confirm. */
export function ColumnsForm({ file: { file, headers, proposal }, taken, isDisabled, onAccept }: ColumnsFormProps) {
  const presets = useQuery(presetsQuery);
  const [template, setTemplate] = useState(proposal?.template ?? 'row-per-invoice');
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const preset = presets.data?.find(({ name }) => name === template);
  const [role, given] = Object.entries((preset?.mapping.files ?? {}) as Readonly<Record<string, TemplateFile>>)[0] ?? [];
  if (role === undefined || given === undefined) return <Trouble error={presets.error} />;

  const names = [...new Set(headers.filter((header) => header.trim() !== ''))];
  const isOfProposal = template === proposal?.template;
  const columns = Object.fromEntries(
    Object.keys(given.columns).flatMap((column) => {
      const chosen = changed[column] ?? (isOfProposal ? proposal.columns[column] : undefined) ?? '';
      return names.includes(chosen) ? [[column, chosen]] : [];
    }),
  );
  const missing = TEMPLATES[template]!.needs.filter((any) => !any.some((column) => columns[column] !== undefined));
  const proposed = isOfProposal ? (proposal.mapping?.files as Readonly<Record<string, object>> | undefined)?.[role] : undefined;
  const unclear = new Set(isOfProposal ? proposal.unclear.map(({ column }) => column) : []);
  return (
    <Note tone="warn" label={`${file} is not recognized`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const own = taken.includes(template) ? { name: nextName(template, taken) } : {};
          const known = [...new Set(Object.values(columns))];
          onAccept({ extends: template, ...own, files: { [role]: { ...(proposed ?? given), known, columns } } });
        }}
      >
        <p>No mapping knows the columns of {file}. Say what each one is; the first rows then show what comes of it.</p>
        <div className="field">
          <label>
            What a row is
            <select value={template} onChange={({ target }) => setTemplate(target.value)}>
              {Object.entries(TEMPLATES).map(([name, { words }]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div className="columns-form">
          {Object.keys(given.columns).map((column) => (
            <div className="field" key={column}>
              <label>
                {COLUMNS[column] ?? column}
                <select
                  value={columns[column] ?? ''}
                  onChange={({ target }) => setChanged({ ...changed, [column]: target.value })}
                >
                  <option value="">{unclear.has(column) ? 'Choose one' : 'No column'}</option>
                  {names.map((header) => (
                    <option key={header} value={header}>
                      {header}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          ))}
        </div>
        {missing.length > 0 && (
          <p className="wrong">
            Still to choose: {listed(missing.map((any) => any.map((column) => COLUMNS[column]!.toLowerCase()).join(' or ')))}.
          </p>
        )}
        <div className="buttons">
          <Button kind="main" type="submit" isDisabled={isDisabled || missing.length > 0}>
            Read it like this
          </Button>
          <a className="button" href={exampleOf(given)} download={`${template}.csv`}>
            Download an example
          </a>
        </div>
      </form>
    </Note>
  );
}

function nextName(template: string, taken: readonly unknown[]): string {
  for (let at = 2; ; at += 1) if (!taken.includes(`${template}-${at}`)) return `${template}-${at}`;
}

/** A table with one row, to fill in where no program exports one. */
function exampleOf({ columns }: TemplateFile): string {
  const of = Object.entries(columns).map(([column, header]) => [[header].flat()[0] as string, EXAMPLE[column] ?? '']);
  const rows = [of.map(([header]) => header), of.map(([, cell]) => cell)];
  return `data:text/csv;charset=utf-8,${encodeURIComponent(rows.map((row) => `${row.join(',')}\r\n`).join(''))}`;
}

const EXAMPLE: Readonly<Record<string, string>> = {
  number: '1042',
  customer: 'Acme Dental',
  date: '2026-11-03',
  due: '2026-11-17',
  status: 'Sent',
  name: 'Furnace tune-up',
  description: 'Yearly visit',
  quantity: '1',
  rate: '129.00',
  amount: '129.00',
  taxable: 'Yes',
  tax: '9.35',
  taxName: 'Sales tax',
  total: '138.35',
  paid: '2026-11-10',
  invoice: '1042',
  received: '138.35',
  method: 'Check',
  reference: '2071',
  paymentStatus: 'Received',
};
