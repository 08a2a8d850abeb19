/** The line under the title that says where a page comes from. */
export function madeFrom(sources: string): string {
  return `<!-- Made from ${sources} by \`npm run docs\`. Edit those. -->`;
}

/** One cell of a table: a bar would end it. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
