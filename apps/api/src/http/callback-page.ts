import { createHash } from 'node:crypto';

/** A page that people see when the target's pages lead them back. Everything in it is text; nothing is loaded from elsewhere. */
export interface CallbackPage {
  readonly title: string;
  readonly lines: readonly string[];
  /** Close the window, if it was opened by a page. */
  readonly closes: boolean;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#1b1b1b;background:#fff}h1{font-size:1.4rem}@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}}';
/** Time enough to read which books it was. */
const SCRIPT = 'setTimeout(function(){window.close()},2500)';

/** No script and no style but these two, no address to load from or to send to, no frame around it. */
export const CALLBACK_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Frame-Options': 'DENY',
  // The address holds the code and the state.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

export function callbackPage({ title, lines, closes }: CallbackPage): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    `</main>${closes ? `<script>${SCRIPT}</script>` : ''}</body></html>`,
    '',
  ].join('\n');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
