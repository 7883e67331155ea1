/** A webhook that could not be asked, or whose answer cannot be used. The message names its address and no content. */
export class WebhookError extends Error {
  constructor(
    message: string,
    /** The status of the answer; undefined when there was none. */
    readonly status: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "WebhookError";
  }
}
