import type { Filter, RequestContext } from "@quarterdeck/sdk";

/** Tells browsers to come by TLS only: upstream's `WithHSTS`. The directives are joined as they are. */
export class Hsts implements Filter {
  readonly #value: string;

  constructor(directives: readonly string[]) {
    this.#value = directives.join("; ");
  }

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (!context.res.hasHeader("strict-transport-security")) context.set("Strict-Transport-Security", this.#value);
    return next();
  }
}
