/** A change of one source file of the product: a text that is in it once, and what stands there instead. */
export interface Edit {
  /** From the project's folder. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The source with those of the edits that are for this file. @throws Error if a text is not there exactly once */
export function edited(edits: readonly Edit[], file: string, source: string): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce((text, { from, to }) => {
      const parts = text.split(from);
      if (parts.length !== 2) throw new Error(`${file} has “${from}” ${parts.length - 1} times, and an edit needs it once.`);
      return parts.join(to);
    }, source);
}
