import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Asked, type Reply, readRequest } from './api/http.ts';
import { createGate, createMeter, documentedLimits, type Limits } from './api/limits.ts';
import { purposeOf, readsIn, serveCompany } from './api/serve-company.ts';
import { answer, answerFault } from './api/wire.ts';
import type { Books } from './books/books.ts';
import { createClock } from './clock.ts';
import { type Control, createControl, type LoggedRequest } from './control/control.ts';
import { answerControl } from './control/control-http.ts';
import { actAsPerson } from './control/person.ts';
import { createTroubles, type Trouble } from './control/trouble.ts';
import { createWebhooks } from './control/webhooks.ts';
import { openDataFolder } from './data/data-folder.ts';
import { keepData } from './data/keep-data.ts';
import { Fault, faults } from './faults.ts';
import { answerOAuth } from './oauth/answer-oauth.ts';
import { type Client, createGrants } from './oauth/grants.ts';
import { seeded } from './seeded.ts';
import { type Switches, setSwitches } from './switches.ts';

/** How a simulator starts. Every option has a default. */
export interface SimulatorOptions {
  /** 0, a free port, when left out. */
  port?: number;
  /** Loopback when left out. */
  host?: string;
  /** For tokens, ids of requests, and faults by probability. */
  seed?: number;
  /** A fixed time, moved by `control.clock.advance` alone. Real time when left out. */
  startsAt?: Date | number | string;
  switches?: Partial<Switches>;
  /** The documented limits when left out. */
  limits?: Partial<Limits> | 'off';
  /** One client, `simulator-client` with the secret `simulator-secret`, when left out. */
  clients?: readonly Client[];
  /** Minimum time of every answer, in milliseconds. */
  latency?: number;
  /** A folder that keeps books and grants between starts, for this simulator alone. Default: in memory. */
  data?: string;
  /** An app that receives a webhook for every change. Default: none. */
  webhook?: { readonly url: string; readonly verifierToken: string };
  /** Called for requests that an `alarm` strikes; they continue when it resolves. */
  onAlarm?: (alarm: Alarm) => Promise<void>;
}

/** A request that waits for `onAlarm`. */
export interface Alarm {
  readonly realmId: string;
  readonly operation: string;
  /** Of the client's end of the connection: whose request it is. */
  readonly port: number | undefined;
  /** Whether it has been carried out. */
  readonly after: boolean;
  /** As the trouble has it. */
  readonly name: string | undefined;
}

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /** What a company's realm id is appended to: `…/v3/company`. */
  readonly apiUrl: string;
  readonly oauth: { authorize: string; token: string; revoke: string; discovery: string; userinfo: string };
  readonly control: Control;
  /** Stops at once: closes open connections, and writes the data that is kept. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

// Bodies are kept, and a long run must not fill the memory with them.
const mostLogged = 20_000;

/** Starts a simulator of QuickBooks Online and resolves once it listens. Its books live in memory unless there is a folder for them. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = createClock(options.startsAt);
  const folder = options.data === undefined ? undefined : await openDataFolder(options.data);
  // A restart must not give out the tokens of the start before again.
  const seed = (options.seed ?? 1) + 1_000 * (folder?.starts ?? 0);
  const chance = seeded(seed);
  const state = {
    switches: setSwitches(options.switches),
    limits: options.limits === 'off' ? ('off' as const) : { ...documentedLimits, ...options.limits },
    latency: options.latency ?? 0,
  };
  const companies = new Map<string, Books>();
  const log: LoggedRequest[] = [];
  const switches = () => state.switches;
  const clients = options.clients ?? [{ id: 'simulator-client', secret: 'simulator-secret' }];
  const grants = createGrants(clients, clock, chance, switches);
  const troubles = createTroubles(seeded(seed + 1));
  const gate = createGate(
    (realm) => companies.get(realm)?.limits ?? state.limits,
    () => clock.now(),
  );
  const meter = createMeter(() => clock.now());
  const room = {
    grants,
    url: () => url,
    companies: () => [...companies.values()].map(({ realmId, companyName }) => ({ realmId, companyName })),
  };
  const keeping = folder === undefined ? undefined : keepData(folder, { companies, grants, clock, switches });
  const telling = createWebhooks(clock, seeded(seed + 2), switches);
  const watch = (books: Books) => {
    books.changed = (kind, id, what) => telling.changed(books.realmId, kind, id, what);
  };
  for (const books of companies.values()) watch(books);
  const control = createControl({ companies, clock, grants, troubles, log, state, room, webhooks: telling.webhooks, watch });
  if (options.webhook !== undefined) control.webhooks.listenAt(options.webhook);
  let throttled = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let asked: Asked;
    try {
      asked = await readRequest(request);
    } catch (error) {
      if (error instanceof Fault) return send(response, answerFault(error, clock.now(), 'json'));
      throw error;
    }
    try {
      await serveAsked(asked, request, response);
    } finally {
      if (asked.method !== 'GET') keeping?.touched(asked.path);
    }
  };

  const serveAsked = async (asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (asked.path.startsWith('/oauth2/') || asked.path.startsWith('/v2/oauth2/')) return serveTokens(asked, request, response);
    const oauth = answerOAuth(room, asked);
    if (oauth !== undefined) return send(response, withTid(oauth));
    const other = answerControl(control, asked);
    if (other !== undefined) return send(response, other);
    const [, version, word, realmId = '', ...rest] = asked.path.split('/');
    if (version !== 'v3' || word !== 'company' || realmId === '') {
      return send(response, answerFault(faults.unsupported(asked.path, url), clock.now(), 'json'));
    }
    await serveRealm(asked, realmId, rest, request, response);
  };

  const serveTokens = async (asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const realmId = grants.realmOf(new URLSearchParams(asked.text).get('refresh_token') ?? '') ?? '';
    const struck = troubles.strike({ realmId, method: asked.method, path: asked.path, operation: 'token' });
    const html = struck.find((one) => one.kind === 'html');
    for (const one of struck) if (one.kind === 'latency') await wait(one.milliseconds, undefined, { ref: false });
    if (struck.some((one) => one.kind === 'reset')) return void request.socket.destroy();
    if (html !== undefined && html.after !== true) return send(response, gatewayPage(html.status, html.empty));
    const reply = answerOAuth(room, asked) ?? { status: 404, headers: {}, body: '' };
    if (struck.some((one) => one.kind === 'replyLost')) return void request.socket.destroy();
    send(response, html === undefined ? withTid(reply) : gatewayPage(html.status, html.empty));
  };

  const newTid = () => `1-${chance.text(8)}-${chance.text(24)}`;
  // Intuit's Java SDK fails on an answer about tokens without one.
  const withTid = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, [tidHeader()]: newTid() } });
  const tidHeader = () => (state.switches.tidHeader === 'underscore' ? 'intuit_tid' : 'Intuit-Tid');

  const serveRealm = async (
    asked: Asked,
    realmId: string,
    rest: readonly string[],
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const tid = newTid();
    const purpose = purposeOf(asked, rest);
    const logged: LoggedRequest = {
      at: clock.now(),
      realmId,
      method: asked.method,
      path: asked.path,
      query: asked.query.toString(),
      operation: purpose,
      body: asked.text,
      status: 0,
      tid,
    };
    log.push(logged);
    if (log.length > mostLogged) log.shift();
    const aim = { realmId, method: asked.method, path: asked.path, operation: purpose };
    const struck = troubles.strike(aim);
    const of = <K extends Trouble['kind']>(kind: K) =>
      struck.find((one): one is Extract<Trouble, { kind: K }> => one.kind === kind);
    const drop = (why: string) => {
      logged.trouble = why;
      request.socket.destroy();
    };
    const finish = async (reply: Reply) => {
      logged.status = reply.status;
      logged.answer = reply.body;
      if (struck.length > 0) logged.trouble = struck.map((one) => one.kind).join(', ');
      const delay = state.latency + struck.reduce((sum, one) => sum + (one.kind === 'latency' ? one.milliseconds : 0), 0);
      if (delay > 0) await wait(delay, undefined, { ref: false });
      send(response, {
        ...reply,
        headers: { ...reply.headers, [tidHeader()]: tid, 'x-spanid': spanId(tid), 'x-amzn-trace-id': `Root=${tid}` },
      });
    };
    const xmlOrJson = wantsJson(asked) ? ('json' as const) : ('xml' as const);
    const refuse = (fault: Fault, form: 'json' | 'xml' = xmlOrJson) => finish(answerFault(fault, clock.now(), form));

    if (of('reset') !== undefined) return drop('reset');
    if (of('tokenExpiry') !== undefined) grants.expireAccess(realmId);
    if (of('revokedGrant') !== undefined) grants.revokeRealm(realmId);
    let clientId: string;
    try {
      clientId = grants.access(asked.header('authorization'), realmId).clientId;
    } catch (error) {
      if (error instanceof Fault) return refuse(error, 'json');
      throw error;
    }
    if (of('accessLost') !== undefined) return refuse(faults.accessLost(), 'xml');
    const throttle = of('throttle');
    if (throttle !== undefined) {
      const reply = answerFault(faults.throttled(throttle.status ?? 429), clock.now(), throttle.form ?? 'json');
      if (throttle.retryAfter !== undefined) reply.headers['retry-after'] = String(throttle.retryAfter);
      return finish(reply);
    }
    const limits = companies.get(realmId)?.limits ?? state.limits;
    const reads = readsIn(purpose, asked.text);
    // A batch goes on: its writes are not metered, and nothing says what becomes of a query in it.
    const usedUp =
      purpose !== 'batch' && reads > 0 && meter.isUsedUp(clientId, limits === 'off' ? undefined : limits.readsPerMonth);
    if (usedUp || !gate.enter(realmId, clientId, purpose === 'batch')) {
      throttled += 1;
      logged.trouble = usedUp ? 'quota' : 'limit';
      const forms = ['json-429', 'xml-429', 'xml-403'] as const;
      const chosen = state.switches.throttleForm === 'in-turn' ? forms[(throttled - 1) % 3] : state.switches.throttleForm;
      const reply = answerFault(
        faults.throttled(chosen === 'xml-403' ? 403 : 429),
        clock.now(),
        chosen === 'json-429' ? 'json' : 'xml',
      );
      if (state.switches.retryAfter === 'sixty-seconds') reply.headers['retry-after'] = '60';
      return finish(reply);
    }
    try {
      const html = of('html');
      const system = of('systemFault');
      if (html !== undefined && html.after !== true) return await finish(gatewayPage(html.status, html.empty));
      if (system !== undefined && system.after !== true) return await refuse(faults.system('simulated'));
      const books = companies.get(realmId);
      if (books === undefined) return await refuse(faults.notAuthorised(), 'json');
      for (const one of struck) if (one.kind === 'person') actAsPerson(books, one.act);
      const alarm = of('alarm');
      const ring = (after: boolean) =>
        options.onAlarm?.({ realmId, operation: purpose, port: request.socket.remotePort, after, name: alarm?.name }) ??
        Promise.resolve();
      if (alarm !== undefined && alarm.after !== true) await ring(false);
      const reply = carryOut(books, asked, rest, of('batchItemFault')?.item);
      if (reply.status < 300) meter.count(clientId, reads);
      if (alarm?.after === true) await ring(true);
      if (of('replyLost') !== undefined) return drop('replyLost');
      if (html !== undefined) return await finish(gatewayPage(html.status, html.empty));
      if (system !== undefined) return await refuse(faults.system('simulated'));
      await finish(reply);
    } finally {
      gate.leave(realmId, clientId);
    }
  };

  const carryOut = (books: Books, asked: Asked, rest: readonly string[], badItem: number | undefined): Reply => {
    const json = wantsJson(asked);
    try {
      const body = serveCompany(books, asked, rest, url, (index) => (index === badItem ? faults.system('simulated') : undefined));
      const reply = answer(body, clock.now(), json, books.switches().amounts);
      return { ...reply, headers: { ...reply.headers, 'qbo-version': '1988.128', 'service-time': 'total=34, db=10' } };
    } catch (error) {
      if (error instanceof Fault) return answerFault(error, clock.now(), json ? 'json' : 'xml');
      throw error;
    }
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A closed connection is not an error of the simulator. Anything else is, and must be visible.
      if (!request.socket.destroyed) {
        console.error(error);
        send(response, answerFault(faults.system(error instanceof Error ? error.message : String(error)), clock.now(), 'json'));
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  const stop = async () => {
    telling.stop();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await keeping?.stop();
  };
  return {
    url,
    apiUrl: `${url}/v3/company`,
    oauth: {
      authorize: `${url}/connect/oauth2`,
      token: `${url}/oauth2/v1/tokens/bearer`,
      revoke: `${url}/v2/oauth2/tokens/revoke`,
      discovery: `${url}/.well-known/openid_configuration`,
      userinfo: `${url}/v1/openid_connect/userinfo`,
    },
    control,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

// XML is what the service answers unless JSON is asked for.
function wantsJson(asked: Asked): boolean {
  return (asked.header('accept') ?? '').includes('json') || asked.query.get('format') === 'json';
}

function gatewayPage(status: number, empty: boolean | undefined): Reply {
  const body =
    empty === true
      ? ''
      : `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center><hr></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function spanId(tid: string): string {
  const digits = tid.slice(11);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(0, 12)}`;
}

function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
}
