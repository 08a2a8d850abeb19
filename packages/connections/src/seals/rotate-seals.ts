import { TargetError } from '@ledgerpost/core';
import {
  getConnection,
  type Store,
  sealedByOthers,
  sealedGrant,
  secretsSealedByOthers,
  storeSeal,
  whoseSettings,
  writeJournal,
} from '@ledgerpost/store';
import { openGrant, sealGrant } from './keep-grant.ts';
import { rotateNoticeSeals } from './notice-address.ts';
import type { SealingKeys } from './seal.ts';
import { sealSecretsAgain } from './settings-secrets.ts';

/** The result for the grants that another key had sealed. */
export interface Rotation {
  /** The id of the key that seals now. */
  readonly key: string;
  /** How many were sealed again. */
  readonly sealedAgain: number;
  /** Grants that could not be opened: their key, company and target. */
  readonly unreadable: readonly { readonly company: string; readonly target: string; readonly key: string }[];
}

const AT_ONCE = 100;

/**
 * Seals every grant, and the secrets of all settings, with the first key, so that the other keys can be removed once nothing is unreadable. Safe to stop and run
 * again.
 */
export async function rotateSeals(store: Store, keys: SealingKeys, actor: string): Promise<Rotation> {
  const key = keys[0].id;
  const unreadable: { company: string; target: string; key: string }[] = [];
  let sealedAgain = 0;
  for (let after: string | undefined; ; ) {
    const others = await sealedByOthers(store.sql, key, AT_ONCE, after);
    for (const { id } of others) {
      const outcome = await sealAgain(store, keys, id);
      if (outcome === 'sealed') sealedAgain++;
      if (typeof outcome === 'object') unreadable.push(outcome);
    }
    after = others.at(-1)?.id;
    if (after === undefined) break;
  }
  const addresses = await rotateNoticeSeals(store, keys);
  sealedAgain += addresses.sealedAgain;
  unreadable.push(...addresses.unreadable);
  for (let after: string | undefined; ; ) {
    const others = await secretsSealedByOthers(store.sql, key, AT_ONCE, after);
    for (const { id } of others) {
      const outcome = await store.sql.begin((sql) => sealSecretsAgain(sql, keys, id));
      if (outcome === 'sealed') sealedAgain++;
      else if (outcome !== 'done') unreadable.push({ ...(await whoseSettings(store.sql, id)), key: outcome.key });
    }
    after = others.at(-1)?.id;
    if (after === undefined) break;
  }
  await writeJournal(store.sql, {
    companyId: null,
    actor,
    act: 'seals.rotated',
    subject: `sealing-key/${key}`,
    details: { sealedAgain, unreadable: unreadable.length },
  });
  return { key, sealedAgain, unreadable };
}

async function sealAgain(store: Store, keys: SealingKeys, id: string) {
  return store.sql.begin(async (sql) => {
    // Locked: a renewal at the same moment waits, or was first.
    const kept = await sealedGrant(sql, id, 'lock');
    if (kept === undefined || kept.keyId === null || kept.keyId === keys[0].id) return 'done';
    try {
      const opened = openGrant(keys, kept);
      if (opened === undefined) return 'done';
      await storeSeal(sql, id, sealGrant(keys, id, opened.grant, opened.former, 0));
      return 'sealed';
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      const { companyId, target } = (await getConnection(sql, id))!;
      return { company: companyId, target, key: kept.keyId };
    }
  });
}
