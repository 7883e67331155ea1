import type { GroupVersion, JsonObject } from "@quarterdeck/meta";
import { formatApiVersion, parseApiVersion, StatusError } from "@quarterdeck/meta";
import { readSaid, type Said } from "./said-type.js";

/** What a body is to be. */
interface ExpectedKind extends GroupVersion {
  readonly kind: string;
}

/** As upstream's scheme calls itself in its messages: by the line that makes it. */
const SCHEME = '"pkg/runtime/scheme.go:111"';

/** Versions that a kind of body may be in beside its own. */
const EARLIER: ReadonlyMap<string, string> = new Map([["Eviction", "policy/v1beta1"]]);

/** The package that upstream keeps objects of a group in. */
function packageOf(group: string): string {
  return group.split(".")[0] || "core";
}

/** Throws 400 BadRequest in upstream's words when a body says to be of another kind or version than it must be. */
export function checkKind(expected: ExpectedKind, { kind, apiVersion }: Said): void {
  const own = formatApiVersion(expected);
  if (kind === expected.kind && apiVersion === own) return;
  const { version } = parseApiVersion(apiVersion) ?? expected;
  const detail =
    apiVersion === own
      ? `converting (${version}.${kind}) to (${packageOf(expected.group)}.${expected.kind}): unknown conversion`
      : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${SCHEME}`;
  const handled = `${kind} in version ${JSON.stringify(version)}`;
  throw StatusError.badRequest(`${handled} cannot be handled as a ${expected.kind}: ${detail}`);
}

/** The same of the body of a subresource, which may leave out what it is. */
export function checkInputKind(expected: ExpectedKind, input: JsonObject): void {
  const said = readSaid(expected, input);
  const kind = said.kind === "" ? expected.kind : said.kind;
  if (said.apiVersion !== "" && EARLIER.get(kind) === said.apiVersion) return;
  checkKind(expected, { kind, apiVersion: said.apiVersion === "" ? formatApiVersion(expected) : said.apiVersion });
}
