import { type Services, StorageHealth } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { ComponentStatus } from "./component-status.js";

const statuses = new Compiled(ComponentStatus);

class Told extends StorageHealth {
  constructor(private readonly failures: readonly unknown[]) {
    super();
  }

  override async check(): Promise<readonly unknown[]> {
    return this.failures;
  }
}

function services(...failures: unknown[]): Services {
  const health = new Told(failures);
  return { provide() {}, find: (token) => (health instanceof token ? health : undefined) };
}

describe("ComponentStatus", () => {
  it("is one for each storage, and says what is wrong with it", async () => {
    expect(await ComponentStatus.readObjects(services(undefined, new Error("no answer"), "odd"))).toEqual([
      { metadata: { name: "etcd-0" }, conditions: [{ type: "Healthy", status: "True", message: "ok" }] },
      { metadata: { name: "etcd-1" }, conditions: [{ type: "Healthy", status: "False", error: "no answer" }] },
      { metadata: { name: "etcd-2" }, conditions: [{ type: "Healthy", status: "False", error: "odd" }] },
    ]);
    expect(await ComponentStatus.readObjects({ provide() {}, find: () => undefined })).toEqual([]);
  });

  it("is printed as upstream prints it", () => {
    const names = ["Name", "Status", "Message", "Error"];
    expect(statuses.columns(true)).toEqual(names);
    const cells = (...conditions: { [key: string]: string }[]) =>
      names.slice(1).map((name) => statuses.cell(name, statuses.object({ conditions }, { name: "etcd-0" })));
    expect(cells({ type: "Healthy", status: "True", message: "ok" })).toEqual(["Healthy", "ok", ""]);
    expect(cells({ type: "Healthy", status: "False", error: "no answer" })).toEqual(["Unhealthy", "", "no answer"]);
    expect(cells({ type: "Other", status: "True" })).toEqual(["Unknown", "", ""]);
  });
});
