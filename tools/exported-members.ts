/** Something that a file exports, or a member of an interface or class that it exports. */
export interface Exported {
  /** `Call`, `Call.items`. */
  readonly name: string;
  readonly line: number;
  /** What stands before it, without stars; undefined for none. */
  readonly doc: string | undefined;
  /** How it is written, on one line. */
  readonly code: string;
  /** A type's alternatives as they are written, comments too; undefined for what is no type. */
  readonly source: string | undefined;
}

const TOP = /^export (?:declare |abstract |async )*(interface|type|const|function\*?|class) (\w+)/;
const MEMBER = /^ {2}(?:readonly )?(\w+)\??[:(<]/;
const REEXPORT = /^export \{([^}]*)\} from '(\.[^']+)'|^export \* from '(\.[^']+)'/gm;

/**
 * What a source file exports, in order, with the members of its interfaces and classes. Reads the project's own style, which the
 * formatter keeps, and not TypeScript at large.
 */
export function exportedMembers(text: string): readonly Exported[] {
  const lines = text.split('\n');
  const found: Exported[] = [];
  let inside: string | undefined;
  for (const [index, line] of lines.entries()) {
    const top = TOP.exec(line);
    if (top !== null) {
      const [, kind, name] = top;
      found.push({
        name: name!,
        line: index + 1,
        doc: docBefore(lines, index),
        code: codeFrom(lines, index),
        source: kind === 'type' ? sourceFrom(lines, index) : undefined,
      });
      inside = (kind === 'interface' || kind === 'class') && line.trimEnd().endsWith('{') ? name : undefined;
      if (kind === 'interface' && !line.includes('{')) inside = name;
    } else if (line.startsWith('}')) inside = line.endsWith('{') ? inside : undefined;
    else if (inside !== undefined) {
      const name = MEMBER.exec(line)?.[1];
      if (name === undefined || name === 'constructor') continue;
      found.push({
        name: `${inside}.${name}`,
        line: index + 1,
        doc: docBefore(lines, index),
        code: codeFrom(lines, index),
        source: undefined,
      });
    }
  }
  return found;
}

/** The files that an index takes its exports from, and which of their names; undefined for all. */
export function reexports(text: string): readonly { readonly from: string; readonly names: readonly string[] | undefined }[] {
  return [...text.matchAll(REEXPORT)].map(([, names, from, all]) => ({
    from: (from ?? all)!,
    names: names
      ?.split(',')
      .map((name) => name.replace(/^\s*type\s+/, '').trim())
      .filter((name) => name !== ''),
  }));
}

function docBefore(lines: readonly string[], index: number): string | undefined {
  let at = index - 1;
  while (/^\s*\/\/ /.test(lines[at] ?? '')) at -= 1;
  if (!lines[at]?.trimEnd().endsWith('*/')) return undefined;
  const last = at;
  while (at > 0 && !lines[at]!.includes('/**')) at -= 1;
  const doc = lines
    .slice(at, last + 1)
    .map((line) => line.replace(/^\s*\/?\*+\/?\s?/, '').replace(/\s*\*\/\s*$/, ''))
    .join('\n')
    .trim();
  return doc === '' ? undefined : doc;
}

/** Up to where the declaration's head ends. */
function codeFrom(lines: readonly string[], index: number): string {
  let code = '';
  let depth = 0;
  for (const line of lines.slice(index, index + 12)) {
    const own = line
      .replace(/\/\*\*.*?\*\//g, '')
      .replace(/\s*\/\/ .*$/, '')
      .trim();
    if (/^(\/?\*)/.test(own)) continue;
    code += ` ${own}`;
    depth += (own.match(/[({[]/g) ?? []).length - (own.match(/[)}\]]/g) ?? []).length;
    if (depth <= 0 && /[;,]$/.test(own)) break;
    if (/\{$/.test(own) && TOP.test(lines[index]!)) break;
  }
  return code.trim();
}

function sourceFrom(lines: readonly string[], index: number): string {
  let depth = 0;
  for (let at = index; at < lines.length; at += 1) {
    const line = lines[at]!.replace(/\/\*\*.*?\*\//g, '');
    depth += (line.match(/[({[]/g) ?? []).length - (line.match(/[)}\]]/g) ?? []).length;
    if (depth <= 0 && line.trimEnd().endsWith(';')) return lines.slice(index, at + 1).join('\n');
  }
  return lines[index]!;
}
