import { Field } from "@quarterdeck/sdk";
import { Source } from "./source.js";

/** One thing to be done: a script or an image, not both. */
export class Task {
  @Field({ required: true, format: "k8s-short-name", description: "Unique among the tasks of its stage." })
  name!: string;

  @Field({ enum: ["build", "test", "publish"], default: "build" })
  stage!: string;

  @Field({
    type: "object",
    properties: {
      script: { type: "string", allOf: [{ minLength: 1 }, { not: { pattern: "^#!" } }] },
      image: { type: "string", pattern: "^[a-z0-9./:@-]+$" },
    },
    oneOf: [{ requiredProperties: ["script"] }, { requiredProperties: ["image"] }],
    description: "What runs, written out inline.",
  })
  run?: { script?: string; image?: string };

  @Field({ schema: () => Source, description: "Its own source; a class that the property's type does not name." })
  source?: { url: string; revision: string };
}
