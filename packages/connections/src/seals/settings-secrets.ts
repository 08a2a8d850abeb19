import {
  type AnyTarget,
  type BooksSettings,
  Refusal,
  type SecretSettings,
  secretPathsOf,
  splitSecrets,
  TargetError,
  withSecrets,
} from '@ledgerpost/core';
import {
  type SealedSecrets,
  type Sql,
  type Store,
  sealedSecrets,
  settingsAt,
  settingsOfBatches,
  storeSecrets,
  stripSettings,
  writeJournal,
} from '@ledgerpost/store';
import type { ConnectionDeps } from '../deps.ts';
import { type SealingKeys, seal, unseal } from './seal.ts';

/** The secrets of a connection's settings, as they are now. @throws TargetError of kind `config` if they can't be unsealed */
export async function secretsOf(
  { store, keys }: Pick<ConnectionDeps, 'store' | 'keys'>,
  target: AnyTarget,
  connectionId: string,
): Promise<SecretSettings> {
  if (secretPathsOf(target).length === 0) return {};
  const kept = await sealedSecrets(store.sql, connectionId);
  if (kept === undefined) return {};
  if (keys === undefined)
    throw new TargetError('config', 'target-not-ready', 'There are no sealing keys. Set LEDGERPOST_SEALING_KEYS.');
  try {
    return opened(keys, kept);
  } catch (error) {
    // A SyntaxError would quote the unsealed text.
    const text =
      error instanceof SyntaxError
        ? 'The stored secrets of the settings can’t be read. Enter them again.'
        : (error as Error).message;
    throw new TargetError('config', 'target-not-ready', text);
  }
}

/** What the settings of a `PUT` say about secrets: a value sets one, `null` removes it, and what is absent stays. */
export interface SecretsGiven {
  /** The body without its secrets that are null, so that the form accepts it. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly removed: readonly string[];
}

export function secretsGiven(target: AnyTarget, body: Readonly<Record<string, unknown>>): SecretsGiven {
  const { settings, secrets } = splitSecrets(target, body);
  const given = Object.entries(secrets);
  const kept = Object.fromEntries(given.filter(([, value]) => value !== null));
  return { body: withSecrets(settings, kept), removed: given.filter(([, value]) => value === null).map(([path]) => path) };
}

/**
 * Keeps the secrets of new settings, in the transaction that stores the settings.
 * @returns the settings to store: without secrets; where there is no sealing key, with those that stood there before
 * @throws Refusal `no-sealing-key` if a secret is given and can't be sealed
 */
export async function keepSecrets(
  sql: Sql,
  { keys, target, companyId, connectionId, actor }: KeepOrder,
  given: BooksSettings,
  former: BooksSettings | undefined,
  removed: readonly string[],
): Promise<BooksSettings> {
  const { settings, secrets } = splitSecrets(target, given);
  const plain = former === undefined ? {} : splitSecrets(target, former).secrets;
  const stay = (all: SecretSettings) => Object.fromEntries(Object.entries(all).filter(([path]) => !removed.includes(path)));
  if (keys === undefined) {
    const [name] = Object.keys(secrets);
    if (name !== undefined)
      throw new Refusal(
        'no-sealing-key',
        `The setting ${name} is a secret, and this installation has no key to seal it with. Set LEDGERPOST_SEALING_KEYS for API and worker, then save again.`,
      );
    const kept = await sealedSecrets(sql, connectionId, 'lock');
    if (kept !== undefined && removed.length > 0)
      throw new Refusal(
        'no-sealing-key',
        'The secrets of these settings are sealed with a key that is missing. Set LEDGERPOST_SEALING_KEYS, then save again.',
      );
    return withSecrets(settings, stay(plain));
  }
  const kept = await sealedSecrets(sql, connectionId, 'lock');
  const before = { ...plain, ...(kept === undefined ? {} : opened(keys, kept)) };
  const after = { ...stay(before), ...secrets };
  if (JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after))) {
    const details = { set: Object.keys(secrets), removed: [...removed] };
    await writeJournal(sql, { companyId, actor, act: 'settings.secrets-changed', subject: `target/${target.id}`, details });
  }
  await storeSealed(sql, keys, connectionId, after);
  return settings;
}

interface KeepOrder {
  readonly keys: SealingKeys | undefined;
  readonly target: AnyTarget;
  readonly companyId: string;
  readonly connectionId: string;
  readonly actor: string;
}

/**
 * Seals secrets that an earlier release stored in settings and in frozen batches. The settings' own count before those of batches,
 * and a newer batch's before an older one's. Harmless if repeated. @returns the number of connections
 */
export async function sealStoredSecrets(
  store: Store,
  targets: readonly AnyTarget[],
  keys: SealingKeys | undefined,
): Promise<number> {
  if (keys === undefined) return 0;
  let sealed = 0;
  for (const target of targets.filter((one) => secretPathsOf(one).length > 0)) {
    for (const { connectionId } of await settingsAt(store.sql, target.id)) {
      const paths = secretPathsOf(target);
      await store.sql.begin(async (sql) => {
        const [own] = (await settingsAt(sql, target.id)).filter((one) => one.connectionId === connectionId);
        const plain = [...(await settingsOfBatches(sql, connectionId, paths)), own!.settings].map(
          (settings) => splitSecrets(target, settings).secrets,
        );
        const found: SecretSettings = Object.assign({}, ...plain);
        if (Object.keys(found).length === 0) return;
        const kept = await sealedSecrets(sql, connectionId, 'lock');
        // What was sealed since is newer than what a batch was frozen with.
        await storeSealed(sql, keys, connectionId, { ...found, ...(kept === undefined ? {} : opened(keys, kept)) });
        await stripSettings(sql, connectionId, paths);
        sealed += 1;
      });
    }
  }
  return sealed;
}

/** Seals a connection's secrets with the first key. @returns whether another key had sealed them; `unreadable` if they can't be opened */
export async function sealSecretsAgain(
  sql: Sql,
  keys: SealingKeys,
  connectionId: string,
): Promise<'sealed' | 'done' | { readonly key: string }> {
  const kept = await sealedSecrets(sql, connectionId, 'lock');
  if (kept === undefined || kept.keyId === keys[0].id) return 'done';
  try {
    await storeSealed(sql, keys, connectionId, opened(keys, kept));
    return 'sealed';
  } catch {
    return { key: kept.keyId };
  }
}

async function storeSealed(sql: Sql, keys: SealingKeys, connectionId: string, secrets: SecretSettings): Promise<void> {
  const none = Object.keys(secrets).length === 0;
  await storeSecrets(sql, connectionId, none ? null : seal(keys, placeOf(connectionId), JSON.stringify(secrets)));
}

function opened(keys: SealingKeys, { connectionId, sealed, keyId }: SealedSecrets): SecretSettings {
  return JSON.parse(unseal(keys, placeOf(connectionId), sealed, keyId)) as SecretSettings;
}

/** Sealed for this place: the secrets of one connection can't be opened for another. */
function placeOf(connectionId: string): string {
  return `settings ${connectionId}`;
}

function sorted(secrets: SecretSettings): readonly unknown[] {
  return Object.entries(secrets).sort(([a], [b]) => (a < b ? -1 : 1));
}
