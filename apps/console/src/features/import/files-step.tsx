import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { size } from '../../ui/show.ts';
import { DropFiles } from './drop-files.tsx';
import { USES } from './import-words.ts';
import { addFiles, type Import, type SeenFile } from './queries.ts';
import { useAct } from './use-act.ts';

const GRADES = {
  documented: 'Its columns are documented.',
  used: 'Its columns were seen in real files.',
  guess: 'Its columns are a guess: check the preview closely.',
  own: 'Your own mapping.',
} as const;

/** What each file is, and how it will be read. */
export function FilesStep({ it }: { readonly it: Import }) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const add = useAct(it, (files: readonly File[]) => addFiles(company, it, files));
  const remove = useAct(it, (file: string) =>
    answerOf(
      api.DELETE('/v1/companies/{company}/imports/{import}/files/{file}', {
        params: { path: { company, import: it.id, file } },
      }),
    ),
  );
  const discard = useMutation({
    mutationFn: () =>
      answerOf(api.DELETE('/v1/companies/{company}/imports/{import}', { params: { path: { company, import: it.id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [company, 'imports'] });
      go('/import');
    },
  });
  const isOpen = it.state === 'open' || it.state === 'checked';
  const seen = new Map((it.looked?.files ?? []).map((file) => [file.file, file]));
  return (
    <div className="stack">
      <SmallTable
        sorts
        caption="Files"
        heads={['File', 'Size', 'What it is', 'Action']}
        numbers={['Size']}
        rows={it.files.map(({ name, size: bytes }) => [
          name,
          size(bytes),
          <WhatItIs key="what" file={seen.get(name)} sets={it.looked?.sets ?? []} />,
          isOpen && (
            <Button key="remove" kind="quiet" aria-label={`Remove ${name}`} onPress={() => remove.mutate(name)}>
              Remove
            </Button>
          ),
        ])}
        named
      />
      {it.looked?.stopping.map((why) => (
        <Note key={why} tone="warn">
          {why}
        </Note>
      ))}
      {isOpen && (
        <DropFiles
          label={add.isPending ? 'Uploading …' : 'Add files'}
          isDisabled={add.isPending}
          onFiles={(files) => add.mutate(files)}
        />
      )}
      {add.isError && <Refused error={add.error} />}
      <Trouble error={remove.error ?? discard.error} />
      <div className="buttons">
        {it.files.length > 0 && (
          <Link className="button main" href={`/import/${it.id}/mapping`}>
            Continue to the mapping
          </Link>
        )}
        {isOpen && (
          <Button isDisabled={discard.isPending} onPress={() => discard.mutate()}>
            Discard this import
          </Button>
        )}
      </div>
    </div>
  );
}

function WhatItIs({ file, sets }: { readonly file: SeenFile | undefined; readonly sets: NonNullable<Import['looked']>['sets'] }) {
  if (file === undefined) return null;
  const [words, tone] = USES[file.use];
  const set = sets.find(({ mapping }) => mapping.name === file.mapping);
  return (
    <>
      <Badge tone={tone}>{words}</Badge> {set !== undefined && `${set.mapping.title}. ${GRADES[set.grade]}`} {file.message}
    </>
  );
}
