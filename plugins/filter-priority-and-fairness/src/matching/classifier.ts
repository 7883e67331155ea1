import type { UserInfo } from "@quarterdeck/meta";
import type { RequestInfo } from "@quarterdeck/sdk";
import type { Flow } from "./flow.js";
import type { FlowSchema } from "./flow-schema.js";
import type { RequestRule } from "./request-rule.js";

interface Candidate {
  readonly schema: FlowSchema;
  readonly rules: readonly RequestRule[];
}

interface Candidates {
  readonly resource: readonly Candidate[];
  readonly path: readonly Candidate[];
}

/**
 * Finds the flow of a request. What does not depend on the request is decided once for each user: authenticators give the
 * same object for the same caller. Made anew when a schema changes.
 */
export class Classifier {
  readonly #users = new WeakMap<UserInfo, Candidates>();

  constructor(
    /** In the order in which they are tried. */
    private readonly schemas: readonly FlowSchema[],
    /** For a request that none matches, which only users without any group can make. */
    private readonly lastResort: FlowSchema,
  ) {}

  classify(info: RequestInfo, user: UserInfo): Flow {
    let candidates = this.#users.get(user);
    if (candidates === undefined) {
      candidates = { resource: this.#candidates(user, "resource"), path: this.#candidates(user, "path") };
      this.#users.set(user, candidates);
    }
    for (const { schema, rules } of info.isResourceRequest ? candidates.resource : candidates.path) {
      for (const rule of rules) if (rule.matches(info)) return schema.flowOf(info, user);
    }
    return this.lastResort.flowOf(info, user);
  }

  #candidates(user: UserInfo, kind: keyof Candidates): readonly Candidate[] {
    const all = this.schemas.map((schema) => ({ schema, rules: schema.rulesFor(user, kind) }));
    return all.filter(({ rules }) => rules.length > 0);
  }
}
