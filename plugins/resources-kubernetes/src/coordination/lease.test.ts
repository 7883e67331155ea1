import { describe, expect, it } from "vitest";
import { Compiled, context } from "../compiled.fixture.js";
import { Lease } from "./lease.js";

const leases = new Compiled(Lease);

describe("Lease", () => {
  it("is printed as upstream prints it, and made by a PUT", () => {
    expect(leases.columns()).toEqual(["Name", "Holder", "Age"]);
    expect(leases.cell("Holder", leases.object({ spec: { holderIdentity: "me" } }))).toBe("me");
    expect(leases.descriptor).toMatchObject({ resource: "leases", createOnUpdate: true, unconditionalUpdate: false });
  });

  it.each([
    [{ leaseDurationSeconds: 0 }, "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"],
    [{ leaseTransitions: -1 }, "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0"],
    [
      { strategy: "Newest" },
      'spec.strategy.strategy: Unsupported value: "Newest": supported values: "OldestEmulationVersion"',
    ],
    [{ preferredHolder: "you" }, "spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined"],
  ])("refuses %j", (spec, problem) => {
    expect(leases.problems(leases.object({ spec }))).toEqual([problem]);
  });

  it.each([
    {},
    { leaseDurationSeconds: 1, leaseTransitions: 0, holderIdentity: "" },
    { strategy: "example.com/mine", preferredHolder: "you" },
  ])("takes %j", (spec) => {
    expect(leases.problems(leases.object({ spec }))).toEqual([]);
  });

  it("drops what only coordinated elections need, unless it stands there", () => {
    const spec = { strategy: "OldestEmulationVersion", preferredHolder: "you" };
    const { prepareForCreate, prepareForUpdate } = leases.version.hooks;
    const made = leases.object({ spec: { ...spec, holderIdentity: "me" } });
    prepareForCreate?.(made, context);
    expect(made.spec).toEqual({ holderIdentity: "me" });
    const changed = leases.object({ spec });
    prepareForUpdate?.(changed, leases.object({ spec: { strategy: "OldestEmulationVersion" } }), context);
    expect(changed.spec).toEqual({ strategy: "OldestEmulationVersion" });
  });

  it("has its times to the microsecond, however they were sent", () => {
    const renewTime = "2026-01-01T12:00:00+02:00";
    expect(leases.object({ spec: { renewTime } }).spec).toEqual({ renewTime: "2026-01-01T10:00:00.000000Z" });
    expect(leases.object({ spec: { renewTime: "2026-01-01T12:00:00.123456789Z" } }).spec).toEqual({
      renewTime: "2026-01-01T12:00:00.123456Z",
    });
    expect(() => leases.object({ spec: { renewTime: "soon" } })).toThrow(/parsing time/);
  });

  it("has a spec, and says nothing of a holder that there is not", () => {
    expect(leases.object({}).spec).toEqual({});
    expect(leases.cell("Holder", leases.object({}))).toBe("");
  });
});
