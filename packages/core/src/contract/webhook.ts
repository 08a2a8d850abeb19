/**
 * How a target says by itself that books changed: requests to an address of ours, signed with what only the two of us know. They are a
 * reason to look and nothing else: nothing that they say is believed.
 */
export interface TargetWebhook {
  /** kebab-case, the last part of the address: `/v1/webhooks/quickbooks-online`. Registered with the vendor, so never renamed. */
  readonly name: string;
  /**
   * Whether the body is signed with the installation's secret. In constant time. Pure; never throws.
   * @param header a header of the request by its lower-case name
   */
  isGenuine(secret: string, body: Uint8Array, header: (name: string) => string | undefined): boolean;
  /** What a genuine body says of documents of our kinds. Pure; undefined for one that can't be read. */
  read(body: string): readonly WebhookNotice[] | undefined;
}

/** "Something changed in these books." */
export interface WebhookNotice {
  /** The same for the same notice sent again, at most 200 characters. */
  readonly id: string;
  /** Whose books, as the target names them. */
  readonly account: string;
}
