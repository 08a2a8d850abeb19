import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { Target, UnbatchedRow } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Field } from '../../ui/field.tsx';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { Window } from '../../ui/window.tsx';
import { capitalized, recordName } from '../../ui/words.ts';

interface MarkPostedWindowProps {
  readonly row: UnbatchedRow;
  readonly target: Target;
  onClose(): void;
}

/** Records that someone entered a record in the books already, so that no batch sends it. */
export function MarkPostedWindow({ row, target, onClose }: MarkPostedWindowProps) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [externalId, setExternalId] = useState('');
  const [reason, setReason] = useState('');
  const mark = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/companies/{company}/targets/{target}/postings', {
          params: { path: { company, target: target.id } },
          body: { type: row.type, id: row.id, externalId: externalId.trim(), reason: reason.trim() },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [company] });
      onClose();
    },
  });
  const name = `${recordName(row.type)} ${row.number || row.id}`;
  return (
    <Window title={`Mark ${name} as already in the books`} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          mark.mutate();
        }}
      >
        <p>
          Use this if someone entered this record in {target.name}. Nothing is sent. {capitalized(name)} leaves Unbatched, and
          returns only if it changes later.
        </p>
        <Field
          label={`ID in ${target.name}`}
          hint={`The number that ${target.name} gave the document.`}
          required
          maxLength={200}
          autoFocus
          value={externalId}
          onChange={setExternalId}
        />
        <Field
          label="Reason"
          hint="The journal keeps this reason."
          required
          maxLength={1_000}
          value={reason}
          onChange={setReason}
        />
        {mark.isError && <Refused error={mark.error} />}
        <div className="buttons">
          <Button kind="main" type="submit" isDisabled={mark.isPending}>
            Mark as already in the books
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </form>
    </Window>
  );
}
