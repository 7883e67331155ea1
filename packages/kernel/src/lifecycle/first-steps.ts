import type { ResourceDescriptor } from "@quarterdeck/scheme";

function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Three kubectl commands that work on what the server serves. */
function commandsToTry(descriptors: readonly ResourceDescriptor[]): readonly string[] {
  const served = descriptors.filter((one) => one.servedVersions.length > 0);
  const favourite =
    served.find((one) => one.group !== "") ?? served.find((one) => one.resource === "configmaps") ?? served[0];
  const commands = ["kubectl api-resources"];
  if (favourite !== undefined) {
    commands.push(`kubectl explain ${favourite.resource}`);
    commands.push(`kubectl get ${favourite.resource}${favourite.namespaced ? " -A" : ""}`);
  }
  return commands;
}

/** What a person at a terminal reads when the server is ready. */
export function readyText(url: string, kubeconfig: string, descriptors: readonly ResourceDescriptor[]): string {
  const groups = new Set(descriptors.map((one) => one.group));
  const commands = commandsToTry(descriptors).map((command) => `  ${command}`);
  const resources = descriptors.length === 1 ? "1 resource" : `${descriptors.length} resources`;
  return [
    `Quarterdeck serves ${resources} of ${groups.size} API ${groups.size === 1 ? "group" : "groups"} at ${url}`,
    "",
    "To use it from another terminal:",
    `  export KUBECONFIG=${shellQuote(kubeconfig)}`,
    "then try:",
    ...commands,
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
}
