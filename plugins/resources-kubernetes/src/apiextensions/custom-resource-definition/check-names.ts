import type { FieldErrors } from "@quarterdeck/meta";
import { dns1035LabelErrors } from "../../checks/dns-1035.js";
import type { CustomResourceDefinitionNames } from "../../types/apiextensions-v1.js";

function checkLabel(value: string, path: string, errors: FieldErrors): void {
  const problems = dns1035LabelErrors(value);
  if (value !== "" && problems.length > 0) errors.invalid(path, value, problems.join(","));
}

function checkKind(value: string, path: string, errors: FieldErrors): void {
  const problems = dns1035LabelErrors(value.toLowerCase());
  if (value !== "" && problems.length > 0)
    errors.invalid(path, value, `may have mixed case, but should otherwise match: ${problems.join(",")}`);
}

/** Names that discovery shows, of the spec and of the status; upstream's `ValidateCustomResourceDefinitionNames`. */
export function checkNames(names: CustomResourceDefinitionNames, path: string, errors: FieldErrors): void {
  const { plural, singular = "", kind, listKind = "" } = names;
  checkLabel(plural, `${path}.plural`, errors);
  checkLabel(singular, `${path}.singular`, errors);
  checkKind(kind, `${path}.kind`, errors);
  checkKind(listKind, `${path}.listKind`, errors);
  for (const [index, name] of (names.shortNames ?? []).entries())
    errors.invalidEach(`${path}.shortNames[${index}]`, name, joined(name));
  if (kind !== "" && kind === listKind)
    errors.invalid(`${path}.listKind`, listKind, "kind and listKind may not be the same");
  for (const [index, category] of (names.categories ?? []).entries())
    errors.invalidEach(`${path}.categories[${index}]`, category, joined(category));
}

function joined(value: string): readonly string[] {
  const problems = dns1035LabelErrors(value);
  return problems.length === 0 ? problems : [problems.join(",")];
}
