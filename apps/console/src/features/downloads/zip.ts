import type { Batch } from '../../api/queries.ts';

/** The states in which a batch of files has its zip, an undone one too. */
const WITH_ZIP: readonly Batch['state'][] = ['posted', 'posted-in-part', 'undoing', 'undone', 'undone-in-part'];

/** The address of a batch's zip; undefined where the batch has none. Only batches of files have one. */
export function zipOf({ id, state }: Pick<Batch, 'id' | 'state'>, company: string): string | undefined {
  if (!WITH_ZIP.includes(state)) return undefined;
  return `/v1/companies/${encodeURIComponent(company)}/batches/${id}/download`;
}
