import { useQuery } from '@tanstack/react-query';
import { filesQuery } from '../../../api/queries.ts';
import { useCompany } from '../../../ui/company.ts';
import { Loading, Note, SmallTable, Trouble } from '../../../ui/parts.tsx';
import { size } from '../../../ui/show.ts';
import { number } from '../../../ui/words.ts';
import type { OfBatch } from '../batch-of.ts';

/** The files of a batch, to download one by one, with the instructions for loading them. */
export function Files({ batch, target }: OfBatch) {
  const { id: company } = useCompany();
  const files = useQuery(filesQuery(company, batch.id));
  if (files.isPending) return <Loading what="files" />;
  if (files.isError) return <Trouble error={files.error} />;
  const { data } = files;
  if (data.length === 0) return <p className="empty">The batch has no files.</p>;
  const at = `/v1/companies/${encodeURIComponent(company)}/batches/${batch.id}/files`;
  return (
    <>
      {target?.instructions !== undefined && <Note tone="plain">{target.instructions}</Note>}
      <SmallTable
        sorts
        caption="Files of the batch"
        heads={['File', 'Lines', 'Documents', 'Size']}
        numbers={['Lines', 'Documents', 'Size']}
        rows={data.map(({ ordinal, name, rows, documents, size: bytes }) => [
          <a key={ordinal} href={`${at}/${ordinal}`} download>
            {name}
          </a>,
          number(rows),
          number(documents),
          size(bytes),
        ])}
      />
    </>
  );
}
