import type { Asked, Reply } from '../api/http.ts';
import { Fault } from '../faults.ts';
import type { Control } from './control.ts';

type Answerer = (control: Control, found: readonly string[], body: never) => unknown;

// Method, path with {parts}, and what is done.
const routes: readonly [string, string, Answerer][] = [
  ['GET', '/_control', () => ({ routes: routes.map(([method, path]) => `${method} ${path}`) })],
  ['GET', '/_control/companies', (control) => control.companies().map(({ realmId, companyName }) => ({ realmId, companyName }))],
  ['POST', '/_control/companies', (control, _, body) => ({ realmId: control.createCompany(body ?? {}).realmId })],
  ['GET', '/_control/companies/{realm}/trial-balance', (control, [realm = '']) => control.company(realm).trialBalance()],
  ['GET', '/_control/companies/{realm}/receivables', (control, [realm = '']) => control.company(realm).receivables()],
  ['GET', '/_control/companies/{realm}/journal', (control, [realm = '']) => control.company(realm).journal()],
  [
    'GET',
    '/_control/companies/{realm}/balances/{account}',
    (control, [realm = '', account = '']) => ({ account, balance: control.company(realm).balanceOf(account) }),
  ],
  [
    'GET',
    '/_control/companies/{realm}/records/{entity}',
    (control, [realm = '', entity = '']) => control.company(realm).records(entity),
  ],
  ['GET', '/_control/companies/{realm}/preferences', (control, [realm = '']) => control.company(realm).preferences()],
  [
    'POST',
    '/_control/companies/{realm}/preferences',
    (control, [realm = ''], body) => {
      control.company(realm).setPreferences(body);
      return control.company(realm).preferences();
    },
  ],
  ['POST', '/_control/companies/{realm}/person', (control, [realm = ''], body) => control.company(realm).act(body)],
  [
    'POST',
    '/_control/companies/{realm}/subscription',
    (control, [realm = ''], body) => control.company(realm).setLapsed((body as { lapsed: boolean }).lapsed),
  ],
  ['POST', '/_control/companies/{realm}/expire-access', (control, [realm = '']) => control.expireAccess(realm)],
  ['POST', '/_control/companies/{realm}/revoke', (control, [realm = '']) => control.revoke(realm)],
  [
    'POST',
    '/_control/authorize',
    (control, _, body) => {
      const { authorizeUrl, realmId } = body as { authorizeUrl: string; realmId: string | null };
      return { location: control.authorize(authorizeUrl, realmId) };
    },
  ],
  [
    'POST',
    '/_control/grants',
    (control, _, body) => {
      const { realmId, clientId } = body as { realmId: string; clientId?: string };
      return control.grant(realmId, clientId);
    },
  ],
  ['GET', '/_control/faults', (control) => control.faults()],
  ['POST', '/_control/faults', (control, _, body) => ({ id: control.addFault(body) })],
  ['DELETE', '/_control/faults', (control) => control.removeFaults()],
  ['DELETE', '/_control/faults/{id}', (control, [id]) => control.removeFaults(id)],
  ['GET', '/_control/clock', (control) => ({ now: new Date(control.clock.now()).toISOString() })],
  [
    'POST',
    '/_control/clock',
    (control, _, body) => {
      control.clock.advance((body as { advance: number }).advance);
      return { now: new Date(control.clock.now()).toISOString() };
    },
  ],
  ['GET', '/_control/requests', (control) => control.requests()],
  // A long run's bodies are more than one answer should carry.
  [
    'GET',
    '/_control/arrivals',
    (control) =>
      control.requests().map(({ at, realmId, operation, status, trouble }) => ({ at, realmId, operation, status, trouble })),
  ],
  ['DELETE', '/_control/requests', (control) => control.forgetRequests()],
  ['GET', '/_control/switches', (control) => control.switches()],
  [
    'POST',
    '/_control/switches',
    (control, _, body) => {
      control.setSwitches(body);
      return control.switches();
    },
  ],
  ['GET', '/_control/limits', (control) => control.limits()],
  [
    'POST',
    '/_control/limits',
    (control, _, body) => {
      control.setLimits(body);
      return control.limits();
    },
  ],
  ['GET', '/_control/webhooks', (control) => control.webhooks.deliveries()],
  ['POST', '/_control/webhooks', (control, _, body) => control.webhooks.listenAt(body)],
  ['POST', '/_control/webhooks/again', (control) => void control.webhooks.again()],
  ['POST', '/_control/latency', (control, _, body) => control.setLatency((body as { milliseconds: number }).milliseconds)],
];

/** Answers the addresses under `/_control`. Undefined for any other. */
export function answerControl(control: Control, asked: Asked): Reply | undefined {
  const path = asked.path.replace(/\/$/, '');
  if (path !== '/_control' && !path.startsWith('/_control/')) return undefined;
  for (const [method, pattern, answerer] of routes) {
    const found = method === asked.method ? match(pattern, path) : undefined;
    if (found === undefined) continue;
    try {
      const body = asked.text === '' ? undefined : JSON.parse(asked.text);
      return json(200, answerer(control, found, body as never) ?? {});
    } catch (error) {
      if (error instanceof Fault) return json(409, { fault: error.error });
      return json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }
  return json(404, { error: `There is no ${asked.method} ${path}. GET /_control lists what there is.` });
}

function match(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const found: string[] = [];
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith('{')) found.push(decodeURIComponent(given[index] ?? ''));
    else if (part !== given[index]) return undefined;
  }
  return found;
}

function json(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body) };
}
