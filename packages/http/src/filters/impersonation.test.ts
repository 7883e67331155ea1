import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { Impersonation } from "./impersonation.js";

describe("impersonation", () => {
  it.each(["impersonate-user", "impersonate-group", "impersonate-uid", "impersonate-extra-scopes"])(
    "refuses %s instead of running the request as the caller",
    (header) => {
      const context = fakeContext({ headers: { [header]: "root" } });
      context.state.user = { name: "alice", groups: [] };
      let passed = false;
      const act = () =>
        new Impersonation().handle(context, async () => {
          passed = true;
        });
      expect(act).toThrow('forbidden: User "alice" cannot impersonate');
      expect(passed).toBe(false);
    },
  );

  it("passes other requests on", async () => {
    let passed = false;
    await new Impersonation().handle(fakeContext({ headers: { accept: "*/*" } }), async () => {
      passed = true;
    });
    expect(passed).toBe(true);
  });
});
