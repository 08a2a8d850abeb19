/** How a target of that id is called in code and for people: `my-books` is myBooks, MyBooks and “My Books”. */
export function namesOf(id: string): { readonly camel: string; readonly pascal: string; readonly title: string } {
  const words = id.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const pascal = words.join('');
  return { camel: `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`, pascal, title: words.join(' ') };
}
