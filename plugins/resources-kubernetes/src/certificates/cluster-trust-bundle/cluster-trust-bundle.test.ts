import type { JsonObject } from "@quarterdeck/meta";
import { Access, type HookContext } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { AUTHORITY, LEAF } from "../certificates.fixture.js";
import { ClusterTrustBundle } from "./cluster-trust-bundle.js";

const bundles = new Compiled(ClusterTrustBundle);
const OMITTED = 'spec.trustBundle: Invalid value: "<value omitted>": ';

function bundle(spec: JsonObject, name = "a") {
  return bundles.object({ spec: { trustBundle: AUTHORITY, ...spec } }, { name });
}

describe("ClusterTrustBundle", () => {
  it("takes those of a signer, called after it, and those of nobody", () => {
    expect(bundles.problems(bundle({}))).toEqual([]);
    expect(bundles.problems(bundle({ signerName: "example.com/s" }, "example.com:s:a"))).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      "example.com:a",
      {},
      [
        'metadata.name: Invalid value: "example.com:a": ClusterTrustBundle without signer name must not have ":" in its name',
      ],
    ],
    [
      "a",
      { signerName: "example.com/s" },
      [
        'metadata.name: Invalid value: "a": ClusterTrustBundle for signerName example.com/s must be named with prefix example.com:s:',
      ],
    ],
    [
      "example.com:s:A",
      { signerName: "example.com/s" },
      [expect.stringMatching(/^metadata\.name: Invalid value: "example.com:s:A": a lowercase RFC 1123 subdomain/)],
    ],
    [
      "x:a",
      { signerName: "x" },
      [expect.stringMatching(/^spec\.signerName: Invalid value: "x": must be a fully qualified domain and path/)],
    ],
    ["a", { trustBundle: "" }, [`${OMITTED}at least one trust anchor must be provided`]],
    ["a", { trustBundle: "x".repeat(1_048_577) }, ["spec.trustBundle: Too long: may not be more than 1048576 bytes"]],
    ["a", { trustBundle: AUTHORITY + AUTHORITY }, [`${OMITTED}duplicate trust anchor (indices [0 1])`]],
    ["a", { trustBundle: AUTHORITY + LEAF }, [`${OMITTED}entry 1 does not have the CA bit set`]],
    ["a", { trustBundle: AUTHORITY.replaceAll("CERTIFICATE", "KEY") }, [`${OMITTED}entry 0 has bad block type: KEY`]],
    [
      "a",
      { trustBundle: AUTHORITY.replace("-----\n", "-----\nA: b\n\n") },
      [`${OMITTED}entry 0 has PEM block headers`],
    ],
    ["a", { trustBundle: AUTHORITY.replace("MIIB", "AAAA") }, [`${OMITTED}entry 0 does not parse as X.509`]],
  ])("called %s with %j is refused", (name, spec, expected) => {
    expect(bundles.problems(bundle(spec, name))).toEqual(expected);
  });

  it("keeps its signer, and a bundle that is not looked at again", () => {
    const old = bundle({ signerName: "example.com/s", trustBundle: "gone" }, "example.com:s:a");
    expect(bundles.updateProblems(old, old)).toEqual([]);
    const changed = bundle({ signerName: "example.com/t", trustBundle: "new" }, "example.com:s:a");
    expect(bundles.updateProblems(changed, old)).toEqual([
      `${OMITTED}at least one trust anchor must be provided`,
      'spec.signerName: Invalid value: "example.com/t": field is immutable',
    ]);
  });

  it("is for those to write who may attest for the signer", async () => {
    const asked: string[] = [];
    const access: Access = {
      authorize(attributes) {
        asked.push(`${attributes.verb} ${attributes.resource} ${attributes.name}`);
        return { allowed: false, denied: false, reason: "" };
      },
      rulesFor: () => Promise.reject(new Error("nobody asks")),
    };
    const over: HookContext = {
      ...context,
      services: { provide() {}, find: (token) => (Object.is(token, Access) ? Object(access) : undefined) },
    };
    const object = bundle({ signerName: "example.com/s" }, "example.com:s:a");
    const { authorize } = bundles.version.hooks;
    await expect(authorize?.(object, undefined, over)).rejects.toThrow(
      'clustertrustbundles.certificates.k8s.io "example.com:s:a" is forbidden: user not permitted to attest for signerName "example.com/s"',
    );
    expect(asked).toEqual(["attest signers example.com/s", "attest signers example.com/*"]);
    await authorize?.(object, object, over);
    await authorize?.(bundle({}), undefined, over);
    expect(asked).toHaveLength(2);
  });

  it("is printed as upstream prints it", () => {
    expect(bundles.columns(true)).toEqual(["Name", "SignerName"]);
    expect(bundles.cell("SignerName", bundle({}))).toBe("<none>");
    expect(bundles.cell("SignerName", bundle({ signerName: "example.com/s" }))).toBe("example.com/s");
  });
});
