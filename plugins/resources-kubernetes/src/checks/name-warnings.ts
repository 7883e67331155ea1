import { dns1123LabelErrors } from "@quarterdeck/meta";

/** What is to be said against the name of an object that names pods, which is no error. */
export function podNameWarnings(name: string | undefined): readonly string[] {
  const problems = dns1123LabelErrors(name ?? "");
  if (problems.length === 0) return [];
  const why = "this is used in Pod names and hostnames, which can result in surprising behavior";
  return [`metadata.name: ${why}; a DNS label is recommended: [${problems.join(" ")}]`];
}
