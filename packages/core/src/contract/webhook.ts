/**
 * How a target announces that books changed: requests to an address of ours, signed with a shared secret. They only trigger a check.
 * Their content is never trusted.
 */
export interface TargetWebhook {
  /** kebab-case, the last part of the address: `/v1/webhooks/quickbooks-online`. Registered with the vendor, so never renamed. */
  readonly name: string;
  /**
   * Whether the body is signed with the installation's secret. In constant time. Pure; never throws.
   * @param header a header of the request by its lower-case name
   */
  isGenuine(secret: string, body: Uint8Array, header: (name: string) => string | undefined): boolean;
  /** The notices in a genuine body about documents of our kinds. Pure. Undefined if the body can't be read. */
  read(body: string): readonly WebhookNotice[] | undefined;
}

/** "Something changed in these books." */
export interface WebhookNotice {
  /** The same for the same notice sent again, at most 200 characters. */
  readonly id: string;
  /** The target's id for the books. */
  readonly account: string;
}
