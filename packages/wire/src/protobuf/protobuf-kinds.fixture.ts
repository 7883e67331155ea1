import { compileResources, type ResourceDescriptor } from "@quarterdeck/scheme";
import { ApiObject, Field, Resource, Subresource } from "@quarterdeck/sdk";
import { ConfigMap } from "../../../../plugins/resources-kubernetes/src/core/config-map/config-map.js";
import { Namespace } from "../../../../plugins/resources-kubernetes/src/core/namespace/namespace.js";
import { Secret } from "../../../../plugins/resources-kubernetes/src/core/secret/secret.js";
import { CoreEvent as Event } from "../../../../plugins/resources-kubernetes/src/events/core-event.js";
import { objectBody, type ProtobufBody } from "./protobuf-body.js";

class Binding {
  @Field({ proto: 2 }) target?: string;
}

@Resource({ group: "", version: "v1", kind: "Note" })
class Note extends ApiObject {
  @Field({ proto: 2 }) text?: string;
  @Field() unnumbered?: string;

  @Subresource("binding")
  bind(_input: Binding): this {
    return this;
  }
}

@Resource({ group: "example.com", version: "v1", kind: "Rollout", flavour: "custom" })
class Rollout extends ApiObject {
  @Field({ proto: 2 }) image?: string;
}

const resources = compileResources([Namespace, ConfigMap, Secret, Event, Note, Rollout], {
  runtimeConfig: {},
  sourceOf: () => "test",
});

/** The compiled kind. */
export function resourceOf(kind: string): ResourceDescriptor {
  const found = resources.find((one) => one.kind === kind);
  if (found === undefined) throw new TypeError(`no ${kind}`);
  return found;
}

/** What reads the kind in the protobuf form. */
export function bodyOf(kind: string): ProtobufBody {
  const descriptor = resourceOf(kind);
  const body = objectBody(descriptor, descriptor.storageVersion);
  if (body === undefined) throw new TypeError(`${kind} has no protobuf form`);
  return body;
}
