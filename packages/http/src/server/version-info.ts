/** What `/version` answers: upstream's `version.Info`. */
export interface VersionInfo {
  readonly major: string;
  readonly minor: string;
  readonly emulationMajor: string;
  readonly emulationMinor: string;
  readonly minCompatibilityMajor: string;
  readonly minCompatibilityMinor: string;
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly buildDate: string;
  readonly goVersion: string;
  readonly compiler: string;
  readonly platform: string;
}

const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ["x64", "amd64"],
  ["ia32", "386"],
]);

/** The version of the Kubernetes API that this server speaks, with the names that clients expect to find. */
export function versionInfo(): VersionInfo {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return {
    major: "1",
    minor: "37",
    emulationMajor: "1",
    emulationMinor: "37",
    minCompatibilityMajor: "1",
    minCompatibilityMinor: "36",
    gitVersion: "v1.37.0+quarterdeck",
    gitCommit: "",
    gitTreeState: "",
    buildDate: "1970-01-01T00:00:00Z",
    goVersion: `node${process.versions.node}`,
    compiler: "v8",
    platform: `${system}/${ARCHITECTURES.get(process.arch) ?? process.arch}`,
  };
}
