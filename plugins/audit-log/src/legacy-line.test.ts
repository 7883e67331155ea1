import { auditEvent } from "@quarterdeck/testing/audit-contract";
import { expect, it } from "vitest";
import { legacyLine } from "./legacy-line.js";

it("writes an event as upstream's legacy format does", () => {
  expect(legacyLine(auditEvent())).toBe(
    '2026-11-26T01:02:03.000000Z AUDIT: id="id-1" stage="ResponseComplete" ip="127.0.0.1" method="get" user="ann" ' +
      'groups="\\"devs\\",\\"ops\\"" as="<self>" asgroups="<lookup>" user-agent="curl/8" namespace="demo" ' +
      'uri="/api/v1/namespaces/demo/configmaps/a" response="200"',
  );
  const { responseStatus: _, objectRef: __, sourceIPs: ___, ...bare } = auditEvent();
  const line = legacyLine({ ...bare, user: {}, impersonatedUser: { username: "bob", groups: ["b"] } });
  for (const part of [
    'ip="<unknown>"',
    'user="<none>"',
    'groups="<none>"',
    'as="bob"',
    'asgroups="\\"b\\""',
    'namespace="<none>"',
    'response="<deferred>"',
  ]) {
    expect(line).toContain(part);
  }
});

it("keeps a line one line, whatever a client sends", () => {
  expect(legacyLine(auditEvent({ userAgent: 'x"\n2026 AUDIT: id="forged"' }))).not.toContain("\n");
});
