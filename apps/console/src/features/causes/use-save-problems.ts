import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { Selection } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { csvOf, saveText } from '../../ui/save-file.ts';
import { problemRows } from './cause-words.ts';

/** As many as the API lists. */
const MOST_EXPORTED = 50_000;

/** Saves the problems of a selection as a spreadsheet, from a check of its own that lists all of them. */
export function useSaveProblems(target: string, selection: Selection) {
  const { id: company } = useCompany();
  return useMutation({
    mutationFn: async () => {
      const all = await answerOf(
        api.POST('/v1/companies/{company}/targets/{target}/batches:preview', {
          params: { path: { company, target } },
          body: { selection, problems: MOST_EXPORTED },
        }),
      );
      saveText(`${all.name} problems.csv`, csvOf(problemRows(all.problems)));
    },
  });
}
