import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { JsonObject, KubeObject, UserInfo } from "@quarterdeck/meta";
import type { ConnectContext, Constructor, HookContext, Services, SubresourceContext } from "@quarterdeck/sdk";
import { ResourceDefinitionError } from "./definition/resource-definition-error.js";
import { compileResources } from "./descriptor/compile-resources.js";
import type { ResourceDescriptor, VersionDescriptor } from "./descriptor/resource-descriptor.js";

/** Compiles classes as a server with an empty config would; the source of a class is its name and `.ts`. */
export function compile(
  classes: readonly Constructor[],
  runtimeConfig: { [key: string]: boolean } = {},
): readonly ResourceDescriptor[] {
  return compileResources(classes, { runtimeConfig, sourceOf: (owner) => `${owner.name}.ts` });
}

/** The storage version of the only resource of one class. */
export function compileOne(owner: Constructor): VersionDescriptor {
  const [resource] = compile([owner]);
  if (resource === undefined) throw new RangeError("one class makes one resource");
  return resource.storageVersion;
}

/** The mistake that the compiler finds in classes. */
export function mistakeIn(...classes: Constructor[]): ResourceDefinitionError {
  try {
    compile(classes);
  } catch (error) {
    if (error instanceof ResourceDefinitionError) return error;
    throw error;
  }
  throw new RangeError("there is no mistake");
}

/** An object of a version with fields of its own. */
export function objectOf(
  version: VersionDescriptor,
  fields: JsonObject,
  metadata: KubeObject["metadata"] = { name: "web" },
): KubeObject {
  return { kind: version.kind, apiVersion: version.apiVersion, metadata, ...fields };
}

const ANN: UserInfo = { name: "ann", groups: [] };
const NO_SERVICES: Services = { provide() {}, find: () => undefined };

/** A context for hooks that keeps warnings in `warnings`. */
export function hookContext(warnings: string[] = []): HookContext {
  return {
    operation: "UPDATE",
    dryRun: false,
    user: ANN,
    services: NO_SERVICES,
    warn: (text) => void warnings.push(text),
  };
}

/** A context for a subresource that is POSTed to. */
export function subresourceContext(): SubresourceContext {
  const nothing = (): void => undefined;
  return {
    verb: "create",
    user: ANN,
    dryRun: false,
    services: NO_SERVICES,
    metadata: {},
    annotate: nothing,
    warn: nothing,
  };
}

/** A context for a method that is connected to by GET, with a path behind it. */
export function connectContext(): ConnectContext {
  const nothing = (): void => undefined;
  const req = new IncomingMessage(new Socket());
  const state = {
    receivedAt: 0,
    requestInfo: {
      ...{
        isResourceRequest: true,
        path: "",
        verb: "get",
        apiPrefix: "apis",
        apiGroup: "example.com",
        apiVersion: "v1",
      },
      ...{ namespace: "", resource: "widgets", subresource: "listen", name: "web", parts: [] },
      ...{ fieldSelector: "", labelSelector: "" },
    },
    user: ANN,
    signal: new AbortController().signal,
    impersonator: undefined,
    audit: { id: "", annotate: nothing },
    warnings: [],
    longRunning: true,
  };
  const get = (): string => "";
  const answer = { status: 404, body: undefined, get, set: nothing };
  const asked = { method: "GET", path: "", querystring: "", state };
  return {
    ...{ verb: "get", method: "GET", address: { scheme: "", name: "web", port: "" }, path: "/a" },
    ...{ query: new URLSearchParams(), user: ANN, services: NO_SERVICES, annotate: nothing, warn: nothing },
    exchange: { req, res: new ServerResponse(req), ...asked, ...answer },
  };
}
