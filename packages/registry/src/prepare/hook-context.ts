import type { UserInfo } from "@quarterdeck/meta";
import type { HookContext, Services, StagedObjects } from "@quarterdeck/sdk";
import type { WriteRequest } from "../registry-resource.js";

/** What a hook is told of the write it is part of; made for each hook that a class has. */
class RequestHookContext implements HookContext {
  readonly dryRun: boolean;
  readonly user: UserInfo;
  readonly services: Services;
  readonly staged: StagedObjects | undefined;
  readonly subresource: string;
  /** Its own, since classes take it out of the context. */
  readonly warn: (text: string) => void;

  constructor(
    request: WriteRequest,
    readonly operation: HookContext["operation"],
  ) {
    this.dryRun = request.dryRun;
    this.user = request.user;
    this.services = request.services;
    this.staged = request.staged;
    this.subresource = request.subresource ?? "";
    this.warn = (text) => request.warn(text);
  }
}

/** The context of the hooks that run on a request; `operation` says which half of an update that may create it is. */
export function hookContext(request: WriteRequest, operation: HookContext["operation"]): HookContext {
  return new RequestHookContext(request, operation);
}
