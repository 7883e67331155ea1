import { ApiObject, Column, Field, Resource, Spec } from "@quarterdeck/sdk";

/** What an environment is for and who answers for it. */
export class EnvironmentSpec {
  @Field({
    required: true,
    enum: ["development", "staging", "production"],
    description: "How far from the customer it is.",
  })
  stage!: string;

  @Field({ required: true, format: "email", description: "Who answers for it." })
  owner!: string;

  @Field({
    items: { type: "string", format: "cidr" },
    listType: "set",
    description: "Networks it may be reached from.",
  })
  networks?: string[];
}

/** A place to roll out to, for the whole server: it has no namespace. */
@Resource({
  group: "delivery.example.com",
  version: "v1",
  kind: "Environment",
  scope: "Cluster",
  shortNames: ["env"],
  description: "A place to roll out to, for the whole server.",
})
@Column({ name: "Stage", type: "string", description: "How far from the customer it is", jsonPath: ".spec.stage" })
@Column({ name: "Owner", type: "string", description: "Who answers for it", jsonPath: ".spec.owner" })
export class Environment extends ApiObject<EnvironmentSpec> {
  @Spec({ required: true, description: "What it is for." })
  override spec!: EnvironmentSpec;
}
