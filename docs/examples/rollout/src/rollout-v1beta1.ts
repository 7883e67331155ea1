import { ApiObject, Column, type ConvertibleFrom, Field, Resource, Spec, Status } from "@quarterdeck/sdk";
import type { Rollout } from "./rollout.js";
import { RolloutStatus } from "./rollout-status.js";

/** The older form: `copies` instead of `replicas`, no steps. */
export class RolloutV1Beta1Spec {
  @Field({ type: "integer", minimum: 0, default: 1, description: "How many copies are to run." })
  copies!: number;

  @Field({ required: true, description: "The image to run." })
  image!: string;

  @Field({ default: false, description: "While true, nothing moves." })
  paused!: boolean;
}

/** What v1beta1 has no field for is kept in this annotation, so that a write through v1beta1 loses nothing of v1. */
const KEPT = "delivery.example.com/v1-spec";

/** The second version of the kind: converted to and from v1, which is stored. */
@Resource({
  group: "delivery.example.com",
  version: "v1beta1",
  kind: "Rollout",
  shortNames: ["ro"],
  categories: ["all"],
  deprecated: "delivery.example.com/v1beta1 Rollout is deprecated; use delivery.example.com/v1 Rollout",
  description: "Brings an image to its copies.",
})
@Column({ name: "Copies", type: "integer", description: "Copies that are to run", jsonPath: ".spec.copies" })
export class RolloutV1Beta1 extends ApiObject<RolloutV1Beta1Spec, RolloutStatus> {
  @Spec({ required: true, description: "What is to be reached." })
  override spec!: RolloutV1Beta1Spec;

  @Status({ description: "What has been reached." })
  override status?: RolloutStatus;

  /** The annotation is the server's: what clients say of it is not believed… */
  override prepareForCreate(): void {
    delete this.metadata.annotations?.[KEPT];
    this.status = { phase: "Pending" };
  }

  /** …and cannot be lost by a client that does not send it back. */
  override prepareForUpdate(old: this): void {
    const { [KEPT]: _sent, ...annotations } = this.metadata.annotations ?? {};
    const kept = old.metadata.annotations?.[KEPT];
    this.metadata.annotations = kept === undefined ? annotations : { ...annotations, [KEPT]: kept };
  }

  override convertTo(): object {
    const { [KEPT]: kept, ...annotations } = this.metadata.annotations ?? {};
    const { copies, image, paused } = this.spec;
    const rest: object = kept === undefined ? {} : JSON.parse(kept);
    return {
      metadata: { ...this.metadata, annotations },
      spec: { ...rest, replicas: copies, image, paused },
      ...(this.status === undefined ? {} : { status: this.status }),
    };
  }

  static convertFrom(stored: Rollout): object {
    const { replicas, image, paused, ...rest } = stored.spec;
    const annotations = { ...stored.metadata.annotations, [KEPT]: JSON.stringify(rest) };
    return {
      metadata: { ...stored.metadata, annotations },
      spec: { copies: replicas, image, paused },
      ...(stored.status === undefined ? {} : { status: stored.status }),
    };
  }
}

// The compiler checks the static side too.
RolloutV1Beta1 satisfies { convertFrom(stored: Rollout): ReturnType<ConvertibleFrom["convertFrom"]> };
