import { StatusError } from "@quarterdeck/meta";
import { ApiObject, Client, type HookContext } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { Pod } from "./pod.js";

/** What old schedulers create in place of a pod's `binding`: it does the same. */
@Native({ group: "", version: "v1", kind: "Binding", stored: false })
export class Binding extends ApiObject {
  target!: core.Binding["target"];

  override async answer(context: HookContext): Promise<object> {
    const client = context.services.find(Client)?.within(context);
    if (client === undefined) throw StatusError.serviceUnavailable("this server has no client of its own");
    const { metadata, target } = this;
    const { name = "", namespace = "" } = metadata;
    return client.resource(Pod).createSubresource({ name, namespace }, "binding", { metadata, target });
  }
}
