import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";

const MAX_BYTES = 262_144;
const MAX_COUNT = 512;

interface Parameters {
  readonly [key: string]: string;
}

/** The name of what makes the volumes of a class, which may have capitals; upstream's `validateProvisioner`. */
export function checkProvisioner(name: string, path: string, errors: FieldErrors): void {
  const lower = name.toLowerCase();
  if (name === "") errors.required(path);
  else errors.invalidEach(path, lower, qualifiedNameErrors(lower));
}

/** What a class tells its driver, which alone knows the names: not too much of it. Upstream's `validateParameters`. */
export function checkDriverParameters(parameters: Parameters | undefined, path: string, errors: FieldErrors): void {
  const entries = Object.entries(parameters ?? {});
  if (entries.length > MAX_COUNT) {
    errors.tooLong(path, MAX_COUNT);
    return;
  }
  let bytes = 0;
  for (const [key, value] of entries) {
    if (key === "") errors.invalid(path, key, "field can not be empty.");
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > MAX_BYTES) errors.tooLong(path, MAX_BYTES);
}
