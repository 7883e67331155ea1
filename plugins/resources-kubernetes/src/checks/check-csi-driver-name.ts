import { dns1123CaselessSubdomainErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";

const MAX_LENGTH = 63;

/** The name of a CSI driver, which may have capitals; upstream's `ValidateCSIDriverName`. */
export function checkCsiDriverName(name: string, path: string, errors: FieldErrors): void {
  if (name === "") {
    errors.required(path);
    return;
  }
  if (Buffer.byteLength(name) > MAX_LENGTH) errors.tooLong(path, MAX_LENGTH);
  errors.invalidEach(path, name, dns1123SubdomainErrors(name.toLowerCase()));
}

/** The same where upstream declares it, in the words and the order of such rules. */
export function checkDeclaredDriverName(name: string, path: string, errors: FieldErrors): void {
  if (name === "") {
    errors.required(path);
    return;
  }
  errors.invalidEach(path, name, dns1123CaselessSubdomainErrors(name));
  if ([...name].length > MAX_LENGTH) errors.tooLong(path, MAX_LENGTH, "character");
}
