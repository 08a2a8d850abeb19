import type { NoticeChannel } from '@ledgerpost/core';
import { noticeAddressesSealedByOthers, type Store, storeNoticeSeal } from '@ledgerpost/store';
import { type SealingKeys, seal, unseal } from './seal.ts';

/** Where notices go: sealed like access to books, since the address of a Slack webhook is all that it takes to write there. */
export function sealNoticeAddress(
  keys: SealingKeys,
  { companyId, channel }: { readonly companyId: string; readonly channel: NoticeChannel },
  address: string,
): { readonly sealed: Uint8Array; readonly keyId: string } {
  return seal(keys, placeOf(companyId, channel), address);
}

/** @throws Error if there is no key of that id, or the seal is broken; it contains nothing of the address */
export function openNoticeAddress(
  keys: SealingKeys,
  { companyId, channel, sealed, keyId }: { companyId: string; channel: NoticeChannel; sealed: Uint8Array; keyId: string },
): string {
  return unseal(keys, placeOf(companyId, channel), sealed, keyId);
}

/** Seals all addresses with the first key. Those that can't be opened stay as they are, and are returned. */
export async function rotateNoticeSeals(
  store: Store,
  keys: SealingKeys,
): Promise<{ readonly sealedAgain: number; readonly unreadable: readonly { company: string; target: string; key: string }[] }> {
  return store.sql.begin(async (sql) => {
    const unreadable: { company: string; target: string; key: string }[] = [];
    let sealedAgain = 0;
    for (const { id, companyId, channel, sealed, keyId } of await noticeAddressesSealedByOthers(sql, keys[0].id)) {
      if (!keys.some((key) => key.id === keyId)) {
        unreadable.push({ company: companyId, target: `notices/${channel}`, key: keyId });
        continue;
      }
      const address = openNoticeAddress(keys, { companyId, channel, sealed, keyId });
      await storeNoticeSeal(sql, id, sealNoticeAddress(keys, { companyId, channel }, address));
      sealedAgain++;
    }
    return { sealedAgain, unreadable };
  });
}

function placeOf(companyId: string, channel: NoticeChannel): string {
  return `notices ${channel} of ${companyId}`;
}
