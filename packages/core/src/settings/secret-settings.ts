import type { TargetContext } from '../contract/context.ts';
import type { AnyTarget } from '../contract/target.ts';
import type { Json } from '../values/json.ts';

/** The values of settings that the form marks as secret, by path: `apiKey`, `login.password`. Never stored unsealed. */
export type SecretSettings = Readonly<Record<string, Json>>;

interface Form {
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, Form>>;
}
type Members = Readonly<Record<string, unknown>>;

const known = new WeakMap<object, readonly (readonly string[])[]>();

/** Where a target's form has secrets, as the paths of their members. */
export function secretPathsOf({ settings }: Pick<AnyTarget, 'settings'>): readonly (readonly string[])[] {
  const before = known.get(settings);
  if (before !== undefined) return before;
  const form = settings.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Form;
  const paths = pathsIn(form);
  known.set(settings, paths);
  return paths;
}

function pathsIn({ properties }: Form): readonly (readonly string[])[] {
  return Object.entries(properties ?? {}).flatMap(([member, part]) =>
    part.secret === true ? [[member]] : pathsIn(part).map((path) => [member, ...path]),
  );
}

/** Settings without their secrets, and the secrets beside them. `null` counts as a value: it asks to remove one. */
export function splitSecrets<Settings extends object>(
  target: Pick<AnyTarget, 'settings'>,
  settings: Settings,
): { readonly settings: Settings; readonly secrets: SecretSettings } {
  const secrets: Record<string, Json> = {};
  let rest: Members = settings as Members;
  for (const path of secretPathsOf(target)) {
    const value = valueAt(rest, path);
    if (value === undefined) continue;
    secrets[path.join('.')] = value as Json;
    rest = without(rest, path);
  }
  return { settings: rest as Settings, secrets };
}

/** Settings with these secrets in their places. */
export function withSecrets<Settings extends object>(settings: Settings, secrets: SecretSettings): Settings {
  let whole = settings as Members;
  for (const [path, value] of Object.entries(secrets)) whole = withValue(whole, path.split('.'), value);
  return whole as Settings;
}

/** Where the engine's contexts carry the secrets of their connection: out of sight of targets, logs and stores. */
const CARRIED = Symbol('secrets');

/** A context that carries the secrets of its connection to `openTarget`. */
export function carrySecrets(context: TargetContext, secrets: SecretSettings): TargetContext {
  return { ...context, [CARRIED]: secrets } as TargetContext;
}

/** Opens a session: with the settings as they were frozen, and with today's secrets. */
export function openTarget(target: AnyTarget, settings: object, context: TargetContext): unknown {
  const { [CARRIED]: secrets, ...own } = context as TargetContext & { readonly [CARRIED]?: SecretSettings };
  return target.open(secrets === undefined ? settings : withSecrets(settings, secrets), own);
}

function valueAt(value: unknown, [member, ...rest]: readonly string[]): unknown {
  if (member === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt((value as Members)[member], rest) : undefined;
}

function without(value: Members, [member, ...rest]: readonly string[]): Members {
  const { [member!]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [member!]: without(inner as Members, rest) };
}

function withValue(value: Members | undefined, [member, ...rest]: readonly string[], inner: Json): Members {
  const next = rest.length === 0 ? inner : withValue(value?.[member!] as Members | undefined, rest, inner);
  return { ...value, [member!]: next };
}
