import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isTemporary } from '../../api/client.ts';
import { batchQuery } from '../../api/queries.ts';
import { pollEvery } from '../../api/query-client.ts';
import { saveFile } from '../../ui/save-file.ts';
import { announce } from './toasts.tsx';
import { forgetDownload, useWaiting, type Waiting } from './waiting.ts';
import { zipOf } from './zip.ts';

/** Downloads the zip of each batch that was started here, once it is ready, and says so. */
export function Downloads() {
  return useWaiting().map((one) => <Download key={one.batch} {...one} />);
}

function Download({ company, batch }: Waiting) {
  const { data, error } = useQuery({ ...batchQuery(company, batch), refetchInterval: pollEvery(1_500) });
  // A batch of another company, or of another installation, is never ready.
  const isLost = error !== null && !isTemporary(error);
  useEffect(() => {
    if (data?.ended !== true && !isLost) return;
    forgetDownload(batch);
    if (data === undefined || isLost) return;
    const at = zipOf(data, company);
    const link = { href: `~/c/${company}/batches/${batch}`, words: 'Open the batch' };
    if (at === undefined) return announce(`“${data.name}” ended without files.`, link);
    saveFile(at);
    announce(`The files of “${data.name}” are ready, and their download has started.`, link);
  }, [data, isLost, batch, company]);
  return null;
}
