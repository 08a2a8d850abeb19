import type { QboApi } from '../api/client.ts';
import { ALSO_INACTIVE, ownNameOf } from './held-names.ts';

/**
 * Whether the books hold a name with a character outside Latin-1, which proves that they keep such names. Reads customers until one
 * is found.
 */
export async function holdsUnicode(api: QboApi): Promise<boolean> {
  for await (const page of api.pages('Customer', ALSO_INACTIVE)) {
    if (page.some((row) => /[\u0100-\uffff]/.test(ownNameOf(row)))) return true;
  }
  return false;
}
