import type { FieldErrors } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  type HookContext,
  Resource,
  Scale,
  SelectableField,
  Spec,
  Status,
  Subresource,
  type SubresourceContext,
} from "@quarterdeck/sdk";
import { RestartRequest } from "./restart-request.js";
import { RolloutSpec } from "./rollout-spec.js";
import { RolloutStatus } from "./rollout-status.js";

/** Brings an image to its copies, step by step. */
@Resource({
  group: "delivery.example.com",
  version: "v1",
  kind: "Rollout",
  shortNames: ["ro"],
  categories: ["all"],
  storage: true,
  description: "Brings an image to its copies, step by step.",
})
@Scale({ spec: ".spec.replicas", status: ".status.replicas", selector: ".status.selector" })
@SelectableField(".spec.image")
@Column({ name: "Replicas", type: "integer", description: "Copies that are to run", jsonPath: ".spec.replicas" })
@Column({ name: "Phase", type: "string", description: "Where it stands", jsonPath: ".status.phase" })
@Column({ name: "Image", type: "string", priority: 1, description: "The image", jsonPath: ".spec.image" })
export class Rollout extends ApiObject<RolloutSpec, RolloutStatus> {
  @Spec({ required: true, description: "What is to be reached." })
  override spec!: RolloutSpec;

  @Status({ description: "What has been reached." })
  override status?: RolloutStatus;

  override default(): void {
    this.spec.steps ??= [{ name: "all", weight: 100 }];
  }

  override prepareForCreate(): void {
    this.status = { phase: "Pending" };
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    const last = this.spec.steps?.at(-1);
    if (last !== undefined && last.weight !== 100) {
      errors.invalid(
        `spec.steps[${(this.spec.steps?.length ?? 1) - 1}].weight`,
        last.weight,
        "the last step must reach 100",
      );
    }
    if (this.spec.image.endsWith(":latest")) context.warn("spec.image: a fixed tag makes a rollout repeatable");
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (this.spec.strategy !== old.spec.strategy)
      errors.forbidden("spec.strategy", "the strategy of a rollout is fixed");
  }

  /** `kubectl create --raw …/rollouts/web/restart -f -`: asks the controller to start every copy anew. */
  @Subresource("restart")
  restart(request: RestartRequest, context: SubresourceContext): this {
    this.spec.restartedAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const { annotations } = this.metadata;
    const why = request.reason === undefined ? {} : { "delivery.example.com/restart-reason": request.reason };
    this.metadata.annotations = { ...annotations, "delivery.example.com/restarted-by": context.user.name, ...why };
    return this;
  }
}
