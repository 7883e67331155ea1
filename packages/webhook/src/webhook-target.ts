import type { SecureContextOptions } from "node:tls";

/** Where a webhook is and how to be let in, as a kubeconfig says it. */
export interface WebhookTarget {
  readonly url: URL;
  readonly tls: Pick<SecureContextOptions, "ca" | "cert" | "key"> & {
    readonly rejectUnauthorized: boolean;
    readonly servername?: string;
  };
  /** The value of the Authorization header, if there is one. */
  readonly authorization: string | undefined;
  /** Files besides the kubeconfig itself that this was read from. */
  readonly files: readonly string[];
}
