import { type Store, sealedByOthers, sealedGrant, storeSeal } from '@ledgerpost/store';
import { placeOf } from './keep-grant.ts';
import { type SealingKeys, seal, unseal } from './seal.ts';

/** Seals everything with the first key, so that the others can be thrown away. Answers how much it was. May be stopped and run again. */
export async function rotateSeals(store: Store, keys: SealingKeys): Promise<number> {
  let done = 0;
  for (;;) {
    const others = await sealedByOthers(store.sql, keys[0].id, 100);
    if (others.length === 0) return done;
    for (const { id } of others) done += await sealAgain(store, keys, id);
  }
}

async function sealAgain(store: Store, keys: SealingKeys, id: string): Promise<number> {
  return store.sql.begin(async (sql) => {
    const kept = await sealedGrant(sql, id, 'lock');
    if (kept === undefined || kept.sealed === null || kept.keyId === null || kept.keyId === keys[0].id) return 0;
    const again = (bytes: Uint8Array) => seal(keys, placeOf(id), unseal(keys, placeOf(id), bytes, kept.keyId!));
    const { sealed, keyId } = again(kept.sealed);
    const formerSealed = kept.formerSealed === null ? null : again(kept.formerSealed).sealed;
    await storeSeal(sql, id, { sealed, formerSealed, keyId });
    return 1;
  });
}
