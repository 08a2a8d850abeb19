import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { capitalized, recordName } from '../../ui/words.ts';
import { ColumnsForm } from './columns-form.tsx';
import { nameIn, READINGS, recordLine } from './import-words.ts';
import { KeepMappings } from './keep-mappings.tsx';
import { type FirstRows, firstRowsQuery, type Import } from './queries.ts';
import { useAct } from './use-act.ts';

/** How the files are read: the first rows beside the records that they make, with the questions that only a person can answer. */
export function MappingStep({ it }: { readonly it: Import }) {
  const { id: company } = useCompany();
  const path = { company, import: it.id };
  const first = useQuery(firstRowsQuery(company, it));
  const map = useAct(it, (mappings: readonly unknown[]) =>
    answerOf(
      api.PUT('/v1/companies/{company}/imports/{import}/mapping', {
        params: { path },
        body: { mappings: [...mappings] },
      } as never),
    ),
  );
  const check = useAct(
    it,
    () => answerOf(api.POST('/v1/companies/{company}/imports/{import}:check', { params: { path } } as never)),
    'check',
  );
  const unknown = it.looked?.files.filter(({ use }) => use === 'unknown') ?? [];
  const isOpen = it.state === 'open' || it.state === 'checked';
  return (
    <div className="stack">
      {unknown.map((file) => (
        <ColumnsForm
          key={file.file}
          file={file}
          taken={it.mappings.map(nameIn)}
          isDisabled={!isOpen || map.isPending}
          onAccept={(mapping) => map.mutate([...it.mappings, mapping])}
        />
      ))}
      {map.isError && <Refused error={map.error} />}
      {first.isPending && <Loading what="the first rows" />}
      <Trouble error={first.error} />
      {first.data !== undefined && (
        <>
          {first.data.questions.map((question) => (
            <Question
              key={`${question.file} ${question.key}`}
              question={question}
              onAnswer={(choice) => map.mutate(answered(it, question, choice))}
            />
          ))}
          <Beside first={first.data} />
        </>
      )}
      <KeepMappings mappings={it.mappings} />
      {isOpen && <OwnMapping it={it} isPending={map.isPending} onSave={(mappings) => map.mutate(mappings)} />}
      {check.isError && <Refused error={check.error} />}
      {isOpen && (
        <div className="buttons">
          <Button
            kind="main"
            isDisabled={check.isPending || (it.looked?.stopping.length ?? 0) > 0}
            onPress={() => check.mutate(undefined)}
          >
            {check.isPending ? 'Starting …' : 'Check what would come in'}
          </Button>
        </div>
      )}
    </div>
  );
}

type AQuestion = FirstRows['questions'][number];

/** The mappings with the answer: under dates or numbers of the mapping that reads the file. */
function answered(it: Import, { key, file, choices }: AQuestion, choice: string): readonly unknown[] {
  const name = it.looked?.files.find((one) => one.file === file)?.mapping;
  const member = choices.includes('point') ? 'numbers' : 'dates';
  const own = it.mappings.find((one) => nameIn(one) === name) as Record<string, unknown> | undefined;
  const base = own ?? { extends: name };
  const changed = { ...base, [member]: { ...(base[member as never] as object | undefined), [key]: choice } };
  return [...it.mappings.filter((one) => one !== own), changed];
}

function Question({ question, onAnswer }: { readonly question: AQuestion; onAnswer(choice: string): void }) {
  const { column, file, example, choices } = question;
  return (
    <Note tone="warn" label={`Question about ${column}`}>
      <p>
        How is “{column}” of {file} written? For example: <strong>{example}</strong>. Its rows don’t show which reading is right.
      </p>
      <div className="buttons">
        {choices.map((choice) => (
          <Button key={choice} onPress={() => onAnswer(choice)}>
            {READINGS[choice] ?? choice}
          </Button>
        ))}
      </div>
    </Note>
  );
}

/** The first rows of each file beside the records that they make. */
function Beside({ first: { files, records, unreadable } }: { readonly first: FirstRows }) {
  return (
    <div className="beside">
      <div>
        {files.map(({ file, headers, rows }) => (
          <SmallTable
            key={file}
            sorts
            caption={`First rows of ${file}`}
            scrolls
            heads={['Row', ...headers.map((head, at) => (headers.indexOf(head) === at ? head : `${head} (${at + 1})`))]}
            rows={rows.map(({ row, cells }) => [String(row), ...headers.map((_, at) => cells[at] ?? '')])}
          />
        ))}
      </div>
      <div>
        <SmallTable
          sorts
          caption="Records that they make"
          scrolls
          heads={['Row', 'Record', 'Content']}
          rows={records.map(({ record, rows }) => [
            rows.join(', '),
            capitalized(recordName(String(record.type))),
            recordLine(record),
          ])}
        />
        {unreadable.length > 0 && (
          <SmallTable
            sorts
            caption="Rows that can’t be read"
            heads={['Row', 'Column', 'Value', 'Why']}
            rows={unreadable.map(({ row, column, value, message }) => [String(row), column ?? '', value ?? '', message])}
          />
        )}
      </div>
    </div>
  );
}

interface OwnMappingProps {
  readonly it: Import;
  readonly isPending: boolean;
  onSave(mappings: readonly unknown[]): void;
}

/** The mapping as data, for what no pick list covers: value tables, constants, columns of a system without a preset. */
function OwnMapping({ it, isPending, onSave }: OwnMappingProps) {
  const [text, setText] = useState(() => JSON.stringify(it.mappings, null, 2));
  const [wrong, setWrong] = useState<string>();
  return (
    <details>
      <summary>Edit the mapping as JSON</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          try {
            const read: unknown = JSON.parse(text);
            if (!Array.isArray(read)) return setWrong('Write a list of mappings: […].');
            setWrong(undefined);
            onSave(read);
          } catch {
            setWrong('This is not JSON. Check commas, quotes and brackets.');
          }
        }}
      >
        <div className="field">
          <label>
            Mappings
            <textarea rows={10} spellCheck={false} value={text} onChange={({ target }) => setText(target.value)} />
          </label>
          <span className="aside">
            Whole mappings, or changes of one:{' '}
            {'[{ "extends": "jobber-invoices", "values": { "status": { "Sent": "finalized" } } }]'}
          </span>
        </div>
        {wrong !== undefined && <p className="wrong">{wrong}</p>}
        <Button type="submit" isDisabled={isPending}>
          Use this mapping
        </Button>
      </form>
    </details>
  );
}
