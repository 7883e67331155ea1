import type { Filter, RequestContext } from "@quarterdeck/sdk";
import { closeAfterwards } from "../request/close-afterwards.js";

/**
 * Ends one in so many HTTP/2 connections at a request, so that clients spread again over servers behind a load balancer:
 * upstream's `WithProbabilisticGoaway`. What runs on the connection is finished; the client opens another.
 */
export class Goaway implements Filter {
  /** `chance` is that of each request, from 0 to 1. */
  constructor(
    private readonly chance: number,
    private readonly random: () => number = Math.random,
  ) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (context.req.httpVersionMajor >= 2 && this.random() < this.chance) closeAfterwards(context);
    return next();
  }
}
