import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildGoTool } from "../process/go-program.js";
import { REPOSITORY_ROOT } from "../process/repository-root.js";

/** The release of Kubernetes that ours is compared with, and the version of the modules that it is made of. */
const RELEASE = { version: "v1.37.2", modules: "v0.37.2", major: "1", minor: "37" } as const;

const FOLDER = `test/dist/upstream/kubernetes-${RELEASE.version}`;
/** What the module of a release does not hold: its copies of other modules, which Go fetches instead. */
const LEFT_OUT = new Set(["vendor", "go.work", "go.work.sum"]);
const VERSION_PACKAGE = "k8s.io/component-base/version";

const run = promisify(execFile);

/**
 * The sources of the release, as Go's module proxy gives them, in a folder of ours where they can be built: unpacked at the
 * first call. Tells the folder's absolute path.
 */
export async function releaseFolder(): Promise<string> {
  const folder = join(REPOSITORY_ROOT, FOLDER);
  if (existsSync(folder)) return folder;
  const { stdout } = await run("go", ["mod", "download", "-json", `k8s.io/kubernetes@${RELEASE.version}`]);
  const { Dir: from }: { Dir: string } = JSON.parse(stdout);
  const unpacked = `${folder}.${process.pid}`;
  await cp(from, unpacked, { recursive: true, filter: (path) => !LEFT_OUT.has(path.slice(from.length + 1)) });
  await run("chmod", ["-R", "u+w", unpacked]);
  const module = join(unpacked, "go.mod");
  const text = await readFile(module, "utf8");
  const published = text.replace(/=> \.\/staging\/src\/(\S+)/g, (_, name) => `=> ${name} ${RELEASE.modules}`);
  await rm(module);
  await writeFile(module, published);
  await rename(unpacked, folder);
  return folder;
}

/** Builds a command of the release, such as `kubectl`, once; tells where the binary is. It takes minutes. */
export async function buildCommand(name: string): Promise<string> {
  await releaseFolder();
  process.env.GOFLAGS = "-mod=mod";
  const { version, major, minor } = RELEASE;
  const stamps = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const flags = Object.entries(stamps).map(([field, value]) => `-X ${VERSION_PACKAGE}.${field}=${value}`);
  return buildGoTool(FOLDER, `./cmd/${name}`, `${name}-${version}`, flags.join(" "));
}
