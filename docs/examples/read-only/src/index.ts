import { StatusError } from "@quarterdeck/meta";
import { definePlugin, Field, type Filter, type RequestContext } from "@quarterdeck/sdk";

export class ReadOnlyOptions {
  @Field({
    default: "the server is read-only for maintenance",
    minLength: 1,
    description: "What refused clients are told",
  })
  message!: string;

  @Field({ items: { type: "string" }, default: ["system:masters"], description: "Groups that may write all the same" })
  exemptGroups!: string[];
}

const READING = new Set(["get", "list", "watch", "head", "options"]);

/** Refuses writes with 503 while it stands in the chain; it belongs behind `authentication`. */
export class ReadOnly implements Filter {
  constructor(private readonly options: ReadOnlyOptions) {}

  handle({ state }: RequestContext, next: () => Promise<void>): Promise<void> {
    const exempt = state.user.groups.some((group) => this.options.exemptGroups.includes(group));
    if (exempt || READING.has(state.requestInfo.verb)) return next();
    throw StatusError.serviceUnavailable(this.options.message, 30);
  }
}

export default definePlugin({
  kind: "filter",
  name: "read-only",
  version: "0.1.0",
  options: ReadOnlyOptions,
  plugin: ReadOnly,
});
