import Router from "@koa/router";
import { StatusError } from "@quarterdeck/meta";
import type { RouteHandler } from "@quarterdeck/sdk";
import { sendBytes } from "@quarterdeck/wire";
import type { ServerContext } from "../request/server-context.js";

const NOT_FOUND = Buffer.from("404 page not found\n");
const TEXT_HEADERS = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

/** A path outside of the resources. */
export interface FixedRoute {
  /** As @koa/router reads it: `/version`, `/livez/:check`, `/openapi/v3/*name`. */
  readonly path: string;
  /** True answers methods other than GET too. */
  readonly anyMethod?: boolean;
  /** Answers; false means that there is nothing at this path after all. `last` is the path's last parameter. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most handlers return nothing at all.
  handle(context: ServerContext, last: string): void | boolean | Promise<void | boolean>;
}

/** A path that a plugin answers. */
export interface PluginRoute {
  readonly handle: RouteHandler;
  /** True shows it at `/`. */
  readonly listed: boolean;
}

/** Koa's own context type says less than ours about the request, so the middleware is taken by its shape. */
interface Middleware {
  run(context: ServerContext, next: () => Promise<void>): Promise<unknown>;
}

/** The few paths that are no resources, carried by @koa/router; anything unknown is upstream's plain-text 404. */
export class FixedRoutes {
  readonly #middleware: Middleware;

  /** `pluginRoutes` may change at any time: the config can swap plugins in. */
  constructor(
    routes: readonly FixedRoute[],
    private readonly pluginRoutes: ReadonlyMap<string, PluginRoute> = new Map(),
  ) {
    const router = new Router<ServerContext["state"], ServerContext>({ sensitive: true });
    for (const route of routes) {
      router.all(route.path, (context) => answer(context, route, Object.values(context.params).at(-1) ?? ""));
    }
    this.#middleware = { run: router.routes() };
  }

  async handle(context: ServerContext): Promise<void> {
    await this.#middleware.run(context, async () => this.answerPlugin(context));
  }

  private async answerPlugin(context: ServerContext): Promise<void> {
    const route = this.pluginRoutes.get(context.path);
    if (route === undefined) return answerNotFound(context);
    if (context.method !== "GET") throw StatusError.methodNotAllowed();
    await route.handle(context);
  }
}

/** The answer to a path that nothing is at. */
export function answerNotFound(context: ServerContext): void | Promise<void> {
  return sendBytes(context, 404, TEXT_HEADERS, NOT_FOUND);
}

async function answer(context: ServerContext, route: FixedRoute, last: string): Promise<void> {
  if (context.method !== "GET" && route.anyMethod !== true) throw StatusError.methodNotAllowed();
  if ((await route.handle(context, last)) === false) await answerNotFound(context);
}
