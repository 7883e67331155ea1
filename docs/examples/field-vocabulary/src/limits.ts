import { Field, Rule } from "@quarterdeck/sdk";

/** What a run may use at most. */
@Rule({ rule: "self.memory >= self.cpus * 256", message: "256 MiB for each processor are the least" })
export class Limits {
  @Field({
    type: "integer",
    minimum: 1,
    default: 2,
    rules: [{ rule: "self <= 128", message: "no machine is so large" }],
  })
  cpus!: number;

  @Field({ type: "integer", minimum: 256, multipleOf: 64, default: 1024, description: "In MiB." })
  memory!: number;
}
