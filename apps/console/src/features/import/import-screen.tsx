import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'wouter';
import { isTemporary } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { actorName, when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { CheckStep } from './check-step.tsx';
import { DoneStep } from './done-step.tsx';
import { DropFiles } from './drop-files.tsx';
import { FilesStep } from './files-step.tsx';
import { IMPORT_STATES, STEPS, type Step, stepOf } from './import-words.ts';
import { MappingStep } from './mapping-step.tsx';
import { type Import, importFiles, importQuery, importsQuery, isAtWork } from './queries.ts';

/** Records from files: drop them, see what would come in, fix what can't, apply. */
export function ImportScreen() {
  const { import: id } = useParams<{ import?: string }>();
  return id === undefined ? <Begin /> : <One key={id} id={id} />;
}

function Begin() {
  useTitle('Import');
  const { id: company, timeZone } = useCompany();
  const mayImport = useMay('source');
  const queries = useQueryClient();
  const [, go] = useLocation();
  const imports = useQuery(importsQuery(company));
  const begin = useMutation({
    mutationFn: (files: readonly File[]) => importFiles(company, files),
    onSuccess: (made) => {
      queries.setQueryData(importQuery(company, made.id).queryKey, made);
      void queries.invalidateQueries({ queryKey: [company, 'imports'] });
      go(`/import/${made.id}/files`);
    },
  });
  return (
    <>
      <h1>Import</h1>
      <p>Bring records from the exports of your field-service system. Nothing is written before you have seen it.</p>
      {mayImport ? (
        <DropFiles
          label={begin.isPending ? 'Uploading …' : 'Choose files, or drop them here'}
          isDisabled={begin.isPending}
          onFiles={(files) => begin.mutate(files)}
        />
      ) : (
        <Note tone="plain">An admin, or a key with the role source, imports files.</Note>
      )}
      {begin.isError && <Refused error={begin.error} />}
      <Trouble error={imports.error} />
      {imports.isPending && <Loading what="imports" />}
      {imports.data?.length === 0 && (
        <p className="empty">
          No imports yet. Export invoices and payments from your field-service system, and drop the files here.
        </p>
      )}
      {imports.data !== undefined && imports.data.length > 0 && (
        <SmallTable
          sorts
          caption="Imports, newest first"
          heads={['Files', 'State', 'By', 'When']}
          rows={imports.data.map((one) => [
            <Link key="files" href={`/import/${one.id}`}>
              {one.files.length === 0 ? 'No files' : one.files.map(({ name }) => name).join(', ')}
            </Link>,
            IMPORT_STATES[one.state],
            actorName(one.createdBy),
            when(one.createdAt, timeZone),
          ])}
          named
        />
      )}
    </>
  );
}

function One({ id }: { readonly id: string }) {
  const { id: company } = useCompany();
  const { step: asked } = useParams<{ step?: string }>();
  const query = useQuery({
    ...importQuery(company, id),
    refetchInterval: ({ state: { data, error } }) =>
      isTemporary(error) ? 3_000 : data !== undefined && isAtWork(data) ? 1_000 : false,
  });
  const step = query.data === undefined ? undefined : stepIn(query.data, asked);
  useTitle(`Import: ${STEPS.find(([one]) => one === step)?.[1] ?? '…'}`);
  if (query.data === undefined) return query.isPending ? <Loading what="the import" /> : <Trouble error={query.error} />;
  const it = query.data;
  return (
    <>
      <p className="crumbs">
        <Link href="/import">Import</Link>
      </p>
      <div className="title">
        <h1>{it.files.length === 0 ? 'Import' : `Import of ${it.files.map(({ name }) => name).join(', ')}`}</h1>
        <Badge tone={it.state === 'applied' ? 'good' : isAtWork(it) ? 'busy' : 'plain'}>{IMPORT_STATES[it.state]}</Badge>
      </div>
      <nav aria-label="Steps of the import">
        <ol className="steps">
          {STEPS.map(([one, words]) => (
            <li key={one} className={one === step ? 'here' : isReachable(it, one) ? 'done' : 'ahead'}>
              {isReachable(it, one) ? (
                <Link href={`/import/${it.id}/${one}`} {...(one === step ? { 'aria-current': 'step' as const } : {})}>
                  {words}
                </Link>
              ) : (
                words
              )}
            </li>
          ))}
        </ol>
      </nav>
      <Trouble error={query.error} />
      {it.reason !== null && <Note tone="warn">{it.reason.message}</Note>}
      {step === 'files' && <FilesStep it={it} />}
      {step === 'mapping' && <MappingStep it={it} />}
      {step === 'check' && <CheckStep it={it} />}
      {step === 'done' && <DoneStep it={it} />}
    </>
  );
}

/** Whether a step has something to show. */
function isReachable(it: Import, step: Step): boolean {
  if (step === 'files') return true;
  if (step === 'done') return stepOf(it) === 'done';
  return it.files.length > 0;
}

function stepIn(it: Import, asked: string | undefined): Step {
  const known = STEPS.find(([step]) => step === asked)?.[0];
  return known !== undefined && isReachable(it, known) ? known : stepOf(it);
}
