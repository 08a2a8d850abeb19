import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Marked } from 'marked';

/** What a reader of the console needs; the other guides are for operators and for authors of targets, and lead on from these. */
const STYLE = `:root{color-scheme:light dark;font:16px/1.6 system-ui,sans-serif}
body{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
img{max-width:100%;border:1px solid #8a9691;border-radius:6px}
table{border-collapse:collapse;display:block;overflow-x:auto}
th,td{border:1px solid #8a9691;padding:.3rem .6rem;text-align:left;vertical-align:top}
pre{overflow-x:auto;padding:.7rem 1rem;border:1px solid #8a9691;border-radius:6px}
`;

/**
 * Writes the guides as pages into a folder, with their pictures. Links between guides stay, and those to other pages of the
 * documentation become text, since the console serves only the guides.
 */
export async function buildHelp(docs: string, into: string): Promise<void> {
  const guides = (await readdir(join(docs, 'guides'))).filter((name) => name.endsWith('.md'));
  await mkdir(into, { recursive: true });
  await cp(join(docs, 'screens'), join(into, 'screens'), { recursive: true });
  await writeFile(join(into, 'help.css'), STYLE);
  for (const name of guides) {
    const text = await readFile(join(docs, 'guides', name), 'utf8');
    const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
    const page = pages(guides).parse(text) as string;
    await writeFile(join(into, name.replace(/\.md$/, '.html')), pageOf(title, page));
  }
}

function pages(guides: readonly string[]): Marked {
  return new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = text
          .toLowerCase()
          .replace(/[^a-z0-9 ]/g, '')
          .replaceAll(' ', '-');
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const [path = '', anchor] = href.split('#');
        const at = anchor === undefined ? '' : `#${anchor}`;
        if (guides.includes(path)) return `<a href="${path.replace(/\.md$/, '.html')}${at}">${words}</a>`;
        if (path === '' || /^https?:/.test(path)) return `<a href="${escaped(href)}">${words}</a>`;
        return words;
      },
      image({ href, text }) {
        return `<img src="${escaped(href.replace(/^\.\.\/screens\//, 'screens/'))}" alt="${escaped(text)}">`;
      },
    },
  });
}

function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)} · Ledgerpost</title>
<link rel="stylesheet" href="help.css"></head>
<body>
<nav aria-label="Help"><a href="/">Back to Ledgerpost</a> · <a href="console.html">The console</a></nav>
<main>${body}</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
