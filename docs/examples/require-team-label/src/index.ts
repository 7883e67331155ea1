import {
  type Admission,
  type AdmissionAttributes,
  type AdmissionVerdict,
  definePlugin,
  deny,
  Field,
} from "@quarterdeck/sdk";

export class RequireTeamLabelOptions {
  @Field({ default: "team", minLength: 1, description: "The label that must be there" })
  label!: string;

  @Field({ items: { type: "string" }, default: ["rollouts"], description: "The resources that need it" })
  resources!: string[];
}

export class RequireTeamLabel implements Admission {
  constructor(private readonly options: RequireTeamLabelOptions) {}

  validate({ operation, resource, object }: AdmissionAttributes): AdmissionVerdict {
    if (operation === "DELETE" || !this.options.resources.includes(resource.resource)) return;
    if (object?.metadata.labels?.[this.options.label] === undefined)
      return deny(`the label ${this.options.label} is missing`);
  }
}

export default definePlugin({
  kind: "admission",
  name: "require-team-label",
  version: "0.1.0",
  options: RequireTeamLabelOptions,
  plugin: RequireTeamLabel,
});
