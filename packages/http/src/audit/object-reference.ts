import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type { RequestInfo } from "@quarterdeck/sdk";
import { quote } from "./quote.js";

/** The member `objectRef` of the events of a request: what the path says, and what the object in the body adds. */
export class ObjectReference {
  #namespace: string;
  #name: string;
  #uid = "";
  #resourceVersion = "";
  /** Written once for the events of a request, until the body adds something. */
  #json: string | undefined;

  constructor(private readonly info: RequestInfo) {
    this.#namespace = info.namespace;
    this.#name = info.name;
  }

  /** Takes from the object's metadata what the path did not say. */
  complete({ metadata }: JsonObject): void {
    if (!isJsonObject(metadata)) return;
    this.#json = undefined;
    const { namespace, name, uid, resourceVersion } = metadata;
    if (this.#namespace === "" && typeof namespace === "string") this.#namespace = namespace;
    if (this.#name === "" && typeof name === "string") this.#name = name;
    if (typeof uid === "string") this.#uid = uid;
    if (typeof resourceVersion === "string") this.#resourceVersion = resourceVersion;
  }

  /** With a comma before it; empty for requests that are about no resource. */
  get json(): string {
    this.#json ??= this.info.isResourceRequest ? this.#write() : "";
    return this.#json;
  }

  #write(): string {
    const { info } = this;
    const group = member("apiGroup", info.apiGroup);
    const version = member("apiVersion", info.apiVersion);
    const object = `${member("namespace", this.#namespace)}${member("name", this.#name)}${member("uid", this.#uid)}`;
    const rest = `${member("resourceVersion", this.#resourceVersion)}${member("subresource", info.subresource)}`;
    return `,"objectRef":{"resource":${quote(info.resource)}${object}${group}${version}${rest}}`;
  }
}

function member(key: string, value: string): string {
  return value === "" ? "" : `,"${key}":${quote(value)}`;
}
