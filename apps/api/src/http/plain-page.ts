import type { FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { App } from './app.ts';
import { policyHash } from './shared/policy-hash.ts';

/** A page that people see without the console. Everything in it is text; nothing is loaded from elsewhere. */
export interface PlainPage {
  readonly title: string;
  readonly lines: readonly string[];
  /** Close the window, if a page opened it. */
  readonly closes?: boolean;
  /** A link below the lines. */
  readonly link?: { readonly href: string; readonly text: string };
  /** A form below the lines, sent to the address of the page itself. */
  readonly form?: PageForm;
}

export interface PageForm {
  readonly fields?: readonly { readonly name: string; readonly label: string; readonly secret?: boolean }[];
  readonly hidden?: Readonly<Record<string, string>>;
  /** One of several, above the button; the first is chosen at the start. */
  readonly choice?: { readonly name: string; readonly options: readonly { readonly value: string; readonly label: string }[] };
  readonly button: string;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#1b1b1b;background:#fff}h1{font-size:1.4rem}label{display:block;margin:1rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4rem}.one{display:inline;width:auto;margin-right:.5rem}button{font:inherit;padding:.5rem 1rem;cursor:pointer}a{color:inherit}@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}}';
/** Time enough to read which books were connected. */
const SCRIPT = 'setTimeout(function(){window.close()},2500)';

/** No script and no style but these two, no address to load from, forms to ourselves alone, no frame around the page. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src ${policyHash(STYLE)}; script-src ${policyHash(SCRIPT)}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'X-Frame-Options': 'DENY',
  // The address holds a state, and perhaps a code.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

export function sendPage(reply: FastifyReply, page: PlainPage): FastifyReply {
  return reply.headers(HEADERS).type('text/html; charset=utf-8').send(plainPage(page));
}

function plainPage({ title, lines, closes = false, link, form }: PlainPage): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    ...(link === undefined ? [] : [`<p><a href="${escaped(link.href)}">${escaped(link.text)}</a></p>`]),
    ...(form === undefined ? [] : formOf(form)),
    `</main>${closes ? `<script>${SCRIPT}</script>` : ''}</body></html>`,
    '',
  ].join('\n');
}

function formOf({ fields = [], hidden = {}, choice, button }: PageForm): readonly string[] {
  return [
    '<form method="post">',
    ...Object.entries(hidden).map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`),
    ...fields.map(
      ({ name, label, secret = false }) =>
        `<label>${escaped(label)}<input name="${escaped(name)}" type="${secret ? 'password' : 'text'}" autocomplete="off" required autofocus></label>`,
    ),
    ...(choice?.options ?? []).map(
      ({ value, label }, at) =>
        `<label><input class="one" type="radio" name="${escaped(choice!.name)}" value="${escaped(value)}"${at === 0 ? ' checked' : ''}>${escaped(label)}</label>`,
    ),
    `<button>${escaped(button)}</button>`,
    '</form>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** The bodies that `acceptForms` reads. */
export const FORM_BODY = 'application/x-www-form-urlencoded';

/** Adds routes that also read what our own pages send; every other route takes JSON alone. */
export function acceptForms(app: App, addRoutes: (app: App) => void): void {
  app.register(async (plain) => {
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    scope.addContentTypeParser(FORM_BODY, { parseAs: 'string', bodyLimit: 16 * 1024 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    addRoutes(scope);
  });
}
