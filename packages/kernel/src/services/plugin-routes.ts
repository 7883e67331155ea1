import type { PluginRoute } from "@quarterdeck/http";
import { type RouteHandler, Routes } from "@quarterdeck/sdk";

/** The paths that plugins answer; the server looks them up by what the map holds at the time. */
export type RouteMap = Map<string, PluginRoute>;

/** The routes as one set of plugins adds them; they are answered once they are adopted. */
export class StagedRoutes extends Routes {
  readonly #staged = new Map<string, PluginRoute>();
  #adopted = false;

  constructor(private readonly routes: RouteMap) {
    super();
  }

  get(path: string, handle: RouteHandler, options: { readonly listed?: boolean } = {}): void {
    const target = this.#adopted ? this.routes : this.#staged;
    target.set(path, { handle, listed: options.listed ?? true });
  }

  /** Puts them in place; those of `before` that nobody answers any more go. */
  adopt(before: StagedRoutes | undefined): void {
    if (before !== undefined) for (const path of before.#staged.keys()) this.routes.delete(path);
    for (const [path, route] of this.#staged) this.routes.set(path, route);
    this.#adopted = true;
  }
}
