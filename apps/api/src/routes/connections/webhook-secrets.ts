import type { AnyTarget } from '@ledgerpost/core';

/**
 * The secrets with which targets sign their webhooks, by target id: for a target `qbo` the value of
 * LEDGERPOST_QBO_WEBHOOK_VERIFIER_TOKEN. Webhooks of a target without one are refused.
 */
export function webhookSecretsFrom(
  env: Readonly<Record<string, string | undefined>>,
  targets: readonly AnyTarget[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    targets.flatMap(({ id, webhook }) => {
      const secret = env[`LEDGERPOST_${id.toUpperCase().replaceAll('-', '_')}_WEBHOOK_VERIFIER_TOKEN`];
      return webhook === undefined || !secret ? [] : [[id, secret]];
    }),
  );
}
