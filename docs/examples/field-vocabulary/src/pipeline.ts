import { ApiObject, Column, Resource, Spec } from "@quarterdeck/sdk";
import { PipelineSpec } from "./pipeline-spec.js";

/** Steps that turn a source into artifacts. */
@Resource({
  group: "build.example.com",
  version: "v1",
  kind: "Pipeline",
  shortNames: ["pl"],
  description: "Steps that turn a source into artifacts.",
})
@Column({ name: "Revision", type: "string", description: "What is built", jsonPath: ".spec.source.revision" })
@Column({ name: "Workers", type: "integer", description: "Steps that run at once", jsonPath: ".spec.workers" })
@Column({ name: "Load", type: "number", priority: 1, description: "Share of a machine", jsonPath: ".spec.load" })
@Column({ name: "Paused", type: "boolean", priority: 1, description: "Nothing starts", jsonPath: ".spec.paused" })
@Column({
  name: "Not Before",
  type: "date",
  priority: 1,
  description: "When it may start",
  jsonPath: ".spec.notBefore",
})
export class Pipeline extends ApiObject<PipelineSpec> {
  @Spec({ required: true, proto: 2, description: "What is to be built, and how." })
  override spec!: PipelineSpec;
}
