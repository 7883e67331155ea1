import "reflect-metadata";
import { ApiObject, Field, Resource, Scale, Spec, Status, Subresource } from "@quarterdeck/sdk";

@Resource({ group: "", version: "v1", kind: "Note", shortNames: ["no"] })
export class Note extends ApiObject {
  @Field({ additionalProperties: { type: "string" } }) data?: Record<string, string>;
}

@Resource({ group: "", version: "v1", kind: "Namespace", scope: "Cluster", withoutVerbs: ["deletecollection"] })
export class Namespace extends ApiObject {}

export class BoatSpec {
  @Field({ type: "integer", default: 1 }) crew!: number;
}

export class BoatStatus {
  @Field({ type: "integer" }) crew?: number;
}

@Resource({ group: "sea.example.com", version: "v1", kind: "Boat", storage: true })
@Scale({ spec: ".spec.crew", status: ".status.crew" })
export class Boat extends ApiObject<BoatSpec, BoatStatus> {
  @Spec() declare spec: BoatSpec;
  @Status() declare status?: BoatStatus;

  @Subresource("hail")
  hail(): object {
    return { kind: "Hail", apiVersion: "sea.example.com/v1", answer: `aye from ${this.metadata.name}` };
  }

  @Subresource("radio", { verbs: ["get", "create"], connect: true })
  radio(): object {
    return { kind: "Radio" };
  }

  @Subresource("proxy", { verbs: ["get", "delete"], connect: "proxy" })
  proxy(): object {
    return { kind: "Proxy" };
  }
}

@Resource({ group: "sea.example.com", version: "v1beta1", kind: "Boat", deprecated: "use v1" })
export class OldBoat extends ApiObject<BoatSpec> {
  @Spec() declare spec: BoatSpec;

  override convertTo(): object {
    return { ...this };
  }

  static convertFrom(stored: object): object {
    return { ...stored };
  }
}
