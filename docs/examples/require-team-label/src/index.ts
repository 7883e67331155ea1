import type { Admission, AdmissionAttributes, AdmissionVerdict } from "@quarterdeck/sdk";
import { definePlugin, deny, Field } from "@quarterdeck/sdk";

export class RequireTeamLabelOptions {
  @Field({ default: "team", minLength: 1, description: "The label that must be there" })
  label!: string;

  @Field({ items: { type: "string" }, default: ["rollouts"], description: "The resources that need it" })
  resources!: string[];
}

export class RequireTeamLabel implements Admission {
  constructor(private readonly options: RequireTeamLabelOptions) {}

  validate({ operation, resource, object }: AdmissionAttributes): AdmissionVerdict {
    const { label, resources } = this.options;
    if (operation === "DELETE" || !resources.includes(resource.resource)) return;
    if (!Object.hasOwn(object?.metadata.labels ?? {}, label)) return deny(`the label ${label} is missing`);
  }
}

export default definePlugin({
  kind: "admission",
  name: "require-team-label",
  version: "0.1.0",
  options: RequireTeamLabelOptions,
  plugin: RequireTeamLabel,
});
