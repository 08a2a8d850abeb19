import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { matchingKey } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note, Trouble } from '../../ui/parts.tsx';
import { counted } from '../../ui/words.ts';

/** The matching as a file for a spreadsheet, out and in. A file with a wrong line changes nothing. */
export function MatchingFile({ target }: { readonly target: Target }) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: async (file: File) =>
      answerOf(
        api.PUT('/v1/companies/{company}/targets/{target}/matching.csv', {
          params: { path: { company, target: target.id } },
          body: await file.text(),
          bodySerializer: (text) => text,
          headers: { 'Content-Type': 'text/csv' },
        }),
      ),
    onSuccess: () => queries.resetQueries({ queryKey: matchingKey(company, target.id) }),
  });
  const address = `/v1/companies/${encodeURIComponent(company)}/targets/${encodeURIComponent(target.id)}/matching.csv`;
  return (
    <>
      <a className="button" href={address} download>
        Download CSV
      </a>
      {isAdmin && (
        <>
          <Button isDisabled={upload.isPending} onPress={() => input.current?.click()}>
            {upload.isPending ? 'Reading the file …' : 'Upload CSV'}
          </Button>
          <input
            ref={input}
            type="file"
            accept=".csv,text/csv"
            hidden
            aria-label="CSV file"
            onChange={({ target: { files } }) => {
              const file = files?.[0];
              if (file !== undefined) upload.mutate(file);
              // The same file may be chosen again, once it is corrected.
              if (input.current) input.current.value = '';
            }}
          />
        </>
      )}
      <Trouble error={upload.error} />
      {upload.isSuccess && (
        <Note tone="good">
          {counted(upload.data.changed, 'line')} changed the matching, {counted(upload.data.unchanged, 'line')} changed nothing.
        </Note>
      )}
    </>
  );
}
