import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { Drift } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { Window } from '../../ui/window.tsx';
import { CHOICES, type Choice, consequenceOf, titleOf } from './drift-words.ts';

interface DecideWindowProps {
  readonly drift: Drift;
  readonly choice: Choice;
  onClose(): void;
}

/** Shows exactly what a decision does, before anyone makes it. */
export function DecideWindow({ drift, choice, onClose }: DecideWindowProps) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: () =>
      answerOf(api.POST(`/v1/companies/{company}/drift/{drift}/${choice}`, { params: { path: { company, drift: drift.id } } })),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: [company] });
    },
  });
  return (
    <Window title={`${CHOICES[choice]}: ${titleOf(drift)}`} open onClose={onClose}>
      <div className="stack">
        <p>{drift.problem.message}</p>
        <p>{consequenceOf(drift, choice)}</p>
        {decide.isError && <Refused error={decide.error} />}
        <div className="buttons">
          <Button kind="main" isDisabled={decide.isPending} onPress={() => decide.mutate()}>
            {CHOICES[choice]}
          </Button>
          <Button onPress={onClose}>Decide later</Button>
        </div>
      </div>
    </Window>
  );
}
