import { readFile } from "node:fs/promises";
import { reasonOf, type UserInfo } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  Field,
  Injectable,
  type Lifecycle,
  Logger,
  Paths,
  type UserRules,
} from "@quarterdeck/sdk";
import { type AbacPolicy, allows, readPolicies, rulesOf } from "./abac-policy.js";

/** The options of the plugin. */
export class AbacOptions {
  @Field({ required: true, minLength: 1, description: "Policy file, from the folder of the config file" })
  path!: string;
}

const ALLOW: AuthorizationDecision = { decision: "allow" };
const NO_POLICY: AuthorizationDecision = { decision: "no-opinion", reason: "No policy matched." };

/** Allows what a line of a policy file says; upstream's mode `ABAC`. The file is read again when it changes. */
@Injectable()
export class Abac implements Authorizer, Lifecycle {
  #policies: readonly AbacPolicy[] = [];
  #end: (() => void) | undefined;

  constructor(
    private readonly options: AbacOptions,
    private readonly logger: Logger,
    private readonly paths: Paths,
  ) {}

  async start(): Promise<void> {
    const file = this.paths.resolve(this.options.path);
    this.#policies = readPolicies(await readFile(file, "utf8"), file);
    this.#end = this.paths.watch(file, () => void this.#readAgain(file));
    this.logger.info("read the policy file", { file, policies: this.#policies.length });
  }

  stop(): void {
    this.#end?.();
  }

  authorize(attributes: AuthorizationAttributes): AuthorizationDecision {
    return this.#policies.some((policy) => allows(policy, attributes)) ? ALLOW : NO_POLICY;
  }

  rulesFor(user: UserInfo, namespace: string): UserRules {
    return rulesOf(this.#policies, user, namespace);
  }

  async #readAgain(file: string): Promise<void> {
    try {
      this.#policies = readPolicies(await readFile(file, "utf8"), file);
      this.logger.info("read the changed policy file", { file, policies: this.#policies.length });
    } catch (error) {
      this.logger.error("the changed policy file is not taken, the one that was read before stays", {
        reason: reasonOf(error),
      });
    }
  }
}
