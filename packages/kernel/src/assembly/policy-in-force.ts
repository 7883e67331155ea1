import type { AuditPipeline, AuditPolicy } from "@quarterdeck/http";
import type { Logger } from "@quarterdeck/sdk";
import { ConfigError } from "../config/config-error.js";
import { readPolicy } from "../config/read-policy.js";
import type { ResolvedAuditPolicy } from "../config/resolved-config.js";
import type { FileWatches } from "../files/file-watches.js";

/** An audit policy with what the config says of it. */
export interface LoadedAuditPolicy {
  readonly policy: AuditPolicy;
  readonly named: ResolvedAuditPolicy;
}

/** Puts audit policies in force: that of the config, and again each time its file changes; a bad file changes nothing. */
export class PolicyInForce {
  #unwatch = (): void => {};
  #current: LoadedAuditPolicy | undefined;

  constructor(
    private readonly pipeline: AuditPipeline,
    private readonly files: FileWatches,
    private readonly logger: Logger,
  ) {}

  adopt(loaded: LoadedAuditPolicy | undefined): void {
    this.#unwatch();
    this.#unwatch = () => {};
    this.#current = loaded;
    this.pipeline.policy = loaded?.policy;
    if (loaded === undefined || !("file" in loaded.named)) return;
    this.#unwatch = this.files.watch(loaded.named.file, () => void this.#readAgain(loaded));
  }

  async #readAgain(loaded: LoadedAuditPolicy): Promise<void> {
    try {
      const policy = await readPolicy(loaded.named);
      if (this.#current !== loaded) return;
      this.pipeline.policy = policy;
      this.logger.info("the changed audit policy is in force", { rules: policy.rules.length });
    } catch (error) {
      const reason = ConfigError.is(error) ? error.line : String(error);
      this.logger.error("the changed audit policy is not taken, the one in force stays", { reason });
    }
  }
}
