import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildGoTool, buildIfPossible, type GoBuild } from "../process/go-program.js";
import { REPOSITORY_ROOT } from "../process/repository-root.js";
import type { Outcome } from "./kubectl.js";
import { words } from "./kubectl.js";

/** Its go.mod says which versions of Helm. */
const MODULE = "test/conformance/helm-go";

/** Builds Helm 3 or 4 in the version that is pinned. */
export function buildHelm(major: 3 | 4): Promise<GoBuild> {
  const path = `helm.sh/helm/v${major}`;
  return buildIfPossible(async () => {
    const pinned = await readFile(join(REPOSITORY_ROOT, MODULE, "go.mod"), "utf8");
    const version = new RegExp(`${path} v(\\S+)`).exec(pinned)?.[1];
    if (version === undefined) throw new Error(`${MODULE}/go.mod does not name ${path}`);
    return buildGoTool(MODULE, `${path}/cmd/helm`, `helm-${version}`);
  });
}

/** Stock Helm with one kubeconfig and folders of its own. */
export class Helm {
  constructor(
    private readonly binary: string,
    private readonly kubeconfig: string,
    private readonly folder: string,
  ) {}

  /** Runs a command line (words in single quotes stay together) and tells how it went. */
  try(command: string): Promise<Outcome> {
    const env = {
      ...process.env,
      KUBECONFIG: this.kubeconfig,
      HELM_CACHE_HOME: join(this.folder, "cache"),
      HELM_CONFIG_HOME: join(this.folder, "config"),
      HELM_DATA_HOME: join(this.folder, "data"),
    };
    return new Promise((resolve) => {
      execFile(this.binary, words(command), { env, timeout: 60_000 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  /** Runs a command line that must succeed; the answer is what it printed. */
  async run(command: string): Promise<string> {
    const { code, stdout, stderr } = await this.try(command);
    if (code !== 0) throw new Error(`helm ${command} ended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  }
}
