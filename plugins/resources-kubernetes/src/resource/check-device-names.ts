import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkCsiDriverName } from "../checks/check-csi-driver-name.js";

const MAX_POOL = 253;
const MAX_DOMAIN = 63;
const MAX_IDENTIFIER = 32;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const IDENTIFIER_TEXT =
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' " +
  "(e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The name of a device, of a request or of counters. */
export function checkDeviceName(name: string, path: string, errors: FieldErrors): void {
  errors.invalidEach(path, name, dns1123LabelErrors(name));
}

/** The name of a pool: subdomains, with slashes between them; upstream's `validatePoolName`. */
export function checkPoolName(name: string, path: string, errors: FieldErrors): void {
  if (name === "") {
    errors.required(path);
    return;
  }
  if (Buffer.byteLength(name) > MAX_POOL) errors.tooLong(path, MAX_POOL);
  for (const part of name.split("/")) errors.invalidEach(path, part, dns1123SubdomainErrors(part));
}

/** The same where upstream declares it, which says of each part where it stands. */
export function checkDeclaredPoolName(name: string, path: string, errors: FieldErrors): void {
  if (name === "") {
    errors.required(path);
    return;
  }
  if (Buffer.byteLength(name) > MAX_POOL) errors.tooLong(path, MAX_POOL);
  for (const [index, part] of name.split("/").entries())
    if (part === "") errors.invalid(path, name, `segment ${index}: must not be empty`);
    else
      for (const problem of dns1123SubdomainErrors(part, "bytes"))
        errors.invalid(path, part, `segment ${index}: ${problem}`);
}

/** Which share of a device it is. */
export function checkShareId(uid: string, path: string, errors: FieldErrors): void {
  if (!UUID.test(uid)) errors.invalid(path, uid, "must be a lowercase UUID in 8-4-4-4-12 format");
}

function checkIdentifier(id: string, path: string, errors: FieldErrors): void {
  if (Buffer.byteLength(id) > MAX_IDENTIFIER) errors.tooLong(path, MAX_IDENTIFIER);
  if (!IDENTIFIER.test(id)) errors.invalid(path, id, IDENTIFIER_TEXT);
}

function checkDomain(domain: string, path: string, errors: FieldErrors): void {
  if (Buffer.byteLength(domain) > MAX_DOMAIN) errors.tooLong(path, MAX_DOMAIN);
  for (const problem of dns1123SubdomainErrors(domain, "bytes")) errors.invalid(path, domain, `prefix: ${problem}`);
}

/** The name of an attribute or a capacity, with or without a domain; upstream's `validateQualifiedName`. */
export function checkAttributeName(name: string, path: string, errors: FieldErrors): void {
  const [domain = "", id = "", ...more] = name.split("/");
  // names with two slashes are let pass, as upstream does by mistake
  if (more.length > 0) return;
  if (!name.includes("/")) {
    checkIdentifier(domain, path, errors);
    return;
  }
  if (domain === "") errors.invalid(path, "", "the domain must not be empty");
  else checkCsiDriverName(domain, path, errors);
  if (id === "") errors.invalid(path, "", "the name must not be empty");
  else checkIdentifier(id, path, errors);
}

/** The name of an attribute with its domain; upstream's `ResourceFullyQualifiedName`, which it declares. */
export function checkDeclaredAttributeName(name: string, path: string, errors: FieldErrors): void {
  const [domain = "", id = "", ...more] = name.split("/");
  if (!name.includes("/")) checkIdentifier(domain, path, errors);
  else if (more.length === 0) {
    if (domain === "") errors.invalid(path, "", "prefix must not be empty");
    else checkDomain(domain, path, errors);
    if (id === "") errors.invalid(path, "", "name must not be empty");
    else checkIdentifier(id, path, errors);
  }
  if (!name.includes("/"))
    errors.invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash");
}
