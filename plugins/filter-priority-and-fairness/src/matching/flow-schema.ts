import type { JsonObject, UserInfo } from "@quarterdeck/meta";
import type { RequestInfo } from "@quarterdeck/sdk";
import type { FlowSeries } from "../flow-series.js";
import type { PriorityLevel } from "../levels/priority-level.js";
import { parts } from "../objects/json-parts.js";
import type { SchemaSettings } from "../objects/schema-settings.js";
import { Flow, type FlowOwner } from "./flow.js";
import { PathRule, type RequestRule, ResourceRule } from "./request-rule.js";
import { subjectMatches } from "./subject-match.js";

/** Flows that are remembered; when there are more, all are forgotten, and made again as they come. */
const MAX_FLOWS = 10_000;

interface SubjectRules {
  readonly subjects: readonly JsonObject[];
  readonly resource: readonly RequestRule[];
  readonly path: readonly RequestRule[];
}

/** A flow schema that is in use, with its rules compiled. */
export class FlowSchema implements FlowOwner {
  readonly #rules: readonly SubjectRules[];
  readonly #flows = new Map<string, Flow>();

  constructor(
    readonly settings: SchemaSettings,
    readonly level: PriorityLevel,
    readonly series: FlowSeries,
  ) {
    this.#rules = settings.rules.map((rule) => ({
      subjects: parts(rule, "subjects"),
      resource: parts(rule, "resourceRules").map((one) => new ResourceRule(one)),
      path: parts(rule, "nonResourceRules").map((one) => new PathRule(one)),
    }));
  }

  get name(): string {
    return this.settings.name;
  }

  get uid(): string {
    return this.settings.uid;
  }

  /** The rules for resources, or those for paths, that are about a user. */
  rulesFor(user: UserInfo, kind: "resource" | "path"): readonly RequestRule[] {
    const mine = this.#rules.filter(({ subjects }) => subjects.some((subject) => subjectMatches(subject, user)));
    return mine.flatMap((rule) => rule[kind]);
  }

  /** The flow that a request of the schema belongs to. */
  flowOf(info: RequestInfo, user: UserInfo): Flow {
    const distinguisher = this.#distinguisher(info, user);
    let flow = this.#flows.get(distinguisher);
    if (flow === undefined) {
      if (this.#flows.size >= MAX_FLOWS) this.#flows.clear();
      flow = new Flow(this, distinguisher);
      this.#flows.set(distinguisher, flow);
    }
    return flow;
  }

  #distinguisher(info: RequestInfo, user: UserInfo): string {
    switch (this.settings.distinguisher) {
      case "ByUser":
        return user.name;
      case "ByNamespace":
        return info.namespace;
      default:
        return "";
    }
  }
}
