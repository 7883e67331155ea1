import type { FieldErrors } from "@quarterdeck/meta";
import type { DeviceClaim } from "../types/resource-v1.js";
import { checkDeviceName } from "./check-device-names.js";

/** The requests of a claim by name, and what each of them may be instead. */
export type RequestNames = ReadonlyMap<string, ReadonlySet<string>>;

const UNKNOWN = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

/** Which names the rest of a claim may use. */
export function requestNames({ requests }: DeviceClaim): RequestNames {
  return new Map(
    (requests ?? []).map(({ name, firstAvailable = [] }) => [name, new Set(firstAvailable.map((one) => one.name))]),
  );
}

/** The name of a request, `gpu`, or of one of its alternatives, `gpu/small`; upstream's `validateRequestNameRef`. */
export function checkRequestReference(name: string, names: RequestNames, path: string, errors: FieldErrors): void {
  const segments = name.split("/");
  if (segments.length > 2) {
    errors.invalid(path, name, UNKNOWN);
    return;
  }
  for (const segment of segments) checkDeviceName(segment, path, errors);
  const [first = "", second] = segments;
  const alternatives = names.get(first);
  if (alternatives === undefined || (second !== undefined && !alternatives.has(second)))
    errors.invalid(path, name, UNKNOWN);
}
