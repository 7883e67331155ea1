import { dns1123LabelErrors, type FieldErrors, nameErrors } from "@quarterdeck/meta";
import { dataKeyErrors } from "../../checks/check-data-key.js";
import { checkNoBacksteps } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import { checkFieldRef, checkResourceFieldRef } from "./check-field-ref.js";

const FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
const PRINTABLE = /^[\x20-\x3c\x3e-\x7e]*$/;
const SOURCES =
  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
const ONE_FIELD = "may not have more than one field specified at a time";

/** What is wrong with the name of a variable; upstream's `IsRelaxedEnvVarName`. */
function variableNameErrors(name: string): readonly string[] {
  if (name === "") return ["environment variable name must be non-empty"];
  if (PRINTABLE.test(name)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** A key of a ConfigMap or a Secret; upstream checks the name alike in both. */
function checkKeyRef({ name = "", key }: { name?: string; key: string }, path: string, errors: FieldErrors): void {
  errors.invalidEach(`${path}.name`, name, nameErrors("subdomain", name));
  if (key === "") errors.required(`${path}.key`);
  else errors.invalidEach(`${path}.key`, key, dataKeyErrors(key));
}

function checkFileRef({ key, volumeName, path: file }: core.FileKeySelector, path: string, errors: FieldErrors): void {
  if (key === "") errors.required(`${path}.key`);
  else errors.invalidEach(`${path}.key`, key, variableNameErrors(key));
  if (volumeName === "") errors.required(`${path}.volumeName`);
  else errors.invalidEach(`${path}.volumeName`, volumeName, dns1123LabelErrors(volumeName));
  if (file === "") errors.required(`${path}.path`);
  else checkNoBacksteps(file, `${path}.path`, errors);
}

function checkSource(source: core.EnvVarSource, value: string, path: string, errors: FieldErrors): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef !== undefined) checkFieldRef(fieldRef, FIELDS, `${path}.fieldRef`, errors);
  if (resourceFieldRef !== undefined)
    checkResourceFieldRef(resourceFieldRef, false, `${path}.resourceFieldRef`, errors);
  if (configMapKeyRef !== undefined) checkKeyRef(configMapKeyRef, `${path}.configMapKeyRef`, errors);
  if (secretKeyRef !== undefined) checkKeyRef(secretKeyRef, `${path}.secretKeyRef`, errors);
  if (fileKeyRef !== undefined) checkFileRef(fileKeyRef, `${path}.fileKeyRef`, errors);
  const sources = Object.values(source).filter((one) => one !== undefined).length;
  if (sources === 0) errors.invalid(path, "", SOURCES);
  else if (value !== "") errors.invalid(path, "", "may not be specified when `value` is not empty");
  else if (sources > 1) errors.invalid(path, "", ONE_FIELD);
}

/** The variables of a container; upstream's `ValidateEnv`. */
export function checkEnv(variables: readonly core.EnvVar[], path: string, errors: FieldErrors): void {
  for (const [index, { name, value = "", valueFrom }] of variables.entries()) {
    const at = `${path}[${index}]`;
    if (name === "") errors.required(`${at}.name`);
    else errors.invalidEach(`${at}.name`, name, variableNameErrors(name));
    if (valueFrom !== undefined) checkSource(valueFrom, value, `${at}.valueFrom`, errors);
  }
}

function checkWhole(source: { name?: string } | undefined, path: string, errors: FieldErrors): void {
  if (source === undefined) return;
  if (!source.name) errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, source.name, nameErrors("subdomain", source.name, true));
}

/** Whose keys all become variables of a container; upstream's `ValidateEnvFrom`. */
export function checkEnvFrom(sources: readonly core.EnvFromSource[], path: string, errors: FieldErrors): void {
  for (const [index, { prefix = "", configMapRef, secretRef }] of sources.entries()) {
    const at = `${path}[${index}]`;
    if (prefix !== "") errors.invalidEach(`${at}.prefix`, prefix, variableNameErrors(prefix));
    checkWhole(configMapRef, `${at}.configMapRef`, errors);
    checkWhole(secretRef, `${at}.secretRef`, errors);
    if (configMapRef === undefined && secretRef === undefined)
      errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
    else if (configMapRef !== undefined && secretRef !== undefined) errors.invalid(path, "", ONE_FIELD);
  }
}
