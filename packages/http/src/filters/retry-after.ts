import type { Filter, RequestContext } from "@quarterdeck/sdk";
import { sendBytes } from "@quarterdeck/wire";
import { closeAfterwards } from "../request/close-afterwards.js";
import type { WaitGroup } from "../server/wait-group.js";
import { servedWhileStopping } from "./served-while-stopping.js";

const TEXT = Buffer.from("The apiserver is shutting down, please try again later.\n");
const HEADERS = {
  "content-type": "text/plain; charset=utf-8",
  "x-content-type-options": "nosniff",
  "retry-after": "5",
};

/**
 * Sends newcomers away while a stop waits for what runs: upstream's `WithRetryAfter` of `--shutdown-send-retry-after`. With
 * it the port stays open until then, so a client behind a load balancer is answered rather than refused, and its connection
 * is closed so that the next one goes elsewhere. In-process clients pass no filter and need no exemption.
 */
export class RetryAfter implements Filter {
  constructor(private readonly group: WaitGroup) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (!this.group.draining || servedWhileStopping(context.path)) return next();
    closeAfterwards(context);
    return Promise.resolve(sendBytes(context, 429, HEADERS, TEXT));
  }
}
