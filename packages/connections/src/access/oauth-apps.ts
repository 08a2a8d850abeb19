import { type AnyTarget, type OAuthApp, Refusal, TargetError } from '@ledgerpost/core';
import { declaredQuotas } from '../calling/declared-quotas.ts';

/** A registration with a target, and whether its limits are kept. */
export interface RegisteredApp extends OAuthApp {
  /** `off`: a stand-in that has none. Absent: the target's are kept. */
  readonly limits?: 'off';
  /** What ends a kind of request in a month, by quota, where the vendor's plan of this installation differs from the target's. */
  readonly perMonth?: Readonly<Record<string, number>>;
}

/** The installation's registrations, by target id. */
export type OAuthApps = Readonly<Record<string, RegisteredApp>>;

/** Where people come back to, below the address of the API. */
export const CALLBACK_PATH = '/v1/oauth/callback';

const ENDPOINTS = ['AUTHORIZE_URL', 'TOKEN_URL', 'REVOKE_URL', 'API_URL'] as const;

/**
 * Reads the registrations from the environment: for a target `qbo` LEDGERPOST_QBO_CLIENT_ID and _CLIENT_SECRET, _ENVIRONMENT
 * (the first that the target names, if absent), and for a stand-in _AUTHORIZE_URL, _TOKEN_URL, _REVOKE_URL and _API_URL,
 * with _LIMITS=off if it has no limits. A quota `reads` of the target can be set by _READS_PER_MONTH. A target without a client id is not registered.
 * @throws Error for operators, naming the variable
 */
export function oauthAppsFrom(
  env: Readonly<Record<string, string | undefined>>,
  targets: readonly AnyTarget[],
  publicUrl: string,
): OAuthApps {
  const apps: Record<string, RegisteredApp> = {};
  for (const target of targets) {
    const { id, access } = target;
    if (access.by !== 'oauth') continue;
    const name = (member: string) => `${prefixOf(id)}_${member}`;
    const read = (member: string) => env[name(member)] || undefined;
    const clientId = read('CLIENT_ID');
    if (clientId === undefined) continue;
    const clientSecret = read('CLIENT_SECRET');
    if (clientSecret === undefined) throw new Error(`${name('CLIENT_ID')} is set, and ${name('CLIENT_SECRET')} is not.`);
    const environment = read('ENVIRONMENT') ?? access.environments[0]!;
    if (!access.environments.includes(environment))
      throw new Error(`${name('ENVIRONMENT')} is "${environment}". Choose one of: ${access.environments.join(', ')}.`);
    const [authorize, token, revoke, api] = ENDPOINTS.map(read);
    const some = [authorize, token, revoke, api].filter((url) => url !== undefined).length;
    if (some !== 0 && some !== 4) throw new Error(`Set all of ${ENDPOINTS.map(name).join(', ')}, or none.`);
    const limits = read('LIMITS');
    if (limits !== undefined && (limits !== 'off' || some !== 4))
      throw new Error(`${name('LIMITS')} may only be "off", and only for a stand-in: the target itself has limits.`);
    const perMonth = perMonthFrom(Object.keys(declaredQuotas(target)), name, read);
    apps[id] = {
      clientId,
      clientSecret,
      environment,
      redirectUri: `${publicUrl}${CALLBACK_PATH}`,
      ...(some === 4 ? { endpoints: { authorize: authorize!, token: token!, revoke: revoke!, api: api! } } : {}),
      ...(limits === undefined ? {} : { limits }),
      ...(Object.keys(perMonth).length === 0 ? {} : { perMonth }),
    };
  }
  return apps;
}

/** @throws Error for operators, naming the variable */
function perMonthFrom(
  quotas: readonly string[],
  name: (member: string) => string,
  read: (member: string) => string | undefined,
): Record<string, number> {
  const perMonth: Record<string, number> = {};
  for (const quota of quotas) {
    const member = `${quota.toUpperCase()}_PER_MONTH`;
    const text = read(member);
    if (text === undefined) continue;
    if (!/^[1-9][0-9]{0,11}$/.test(text)) throw new Error(`${name(member)} is "${text}". Set it to a whole number above zero.`);
    perMonth[quota] = Number(text);
  }
  return perMonth;
}

/** The registration with a target, for a person's request. @throws Refusal `no-oauth-app` */
export function appFor(apps: OAuthApps, target: AnyTarget): OAuthApp {
  const app = apps[target.id];
  if (app === undefined) throw new Refusal('no-oauth-app', noApp(target));
  return app;
}

/** The registration, for a batch. @throws TargetError of kind `config` */
export function appAtWork(apps: OAuthApps, target: AnyTarget): OAuthApp {
  const app = apps[target.id];
  if (app === undefined) throw new TargetError('config', 'target-not-ready', noApp(target));
  return app;
}

function noApp({ id, name }: AnyTarget): string {
  return `This installation is not registered with ${name}. Set ${prefixOf(id)}_CLIENT_ID and ${prefixOf(id)}_CLIENT_SECRET for API and worker.`;
}

function prefixOf(id: string): string {
  return `LEDGERPOST_${id.toUpperCase().replaceAll('-', '_')}`;
}
