import { StatusError } from "@quarterdeck/meta";
import type { Admission, AdmissionAttributes, AdmissionOperation } from "@quarterdeck/sdk";
import { deny } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { createAdmissionChain } from "./create-admission-chain.js";

function attributesOf(operation: AdmissionOperation = "CREATE", name = "x"): AdmissionAttributes {
  return {
    operation,
    kind: { group: "delivery.example.com", version: "v1", kind: "Rollout" },
    resource: { group: "delivery.example.com", version: "v1", resource: "rollouts" },
    subresource: "",
    namespace: "demo",
    name,
    object: { apiVersion: "delivery.example.com/v1", kind: "Rollout", metadata: { generateName: "web-" } },
    oldObject: undefined,
    dryRun: false,
    user: { name: "alice", groups: [] },
    warn: () => {},
    annotate: () => {},
  };
}

function chainOf(...plugins: Admission[]) {
  return createAdmissionChain(plugins.map((plugin, index) => ({ name: `p${index}`, plugin })));
}

function caught(run: () => unknown): StatusError {
  try {
    run();
  } catch (error) {
    if (StatusError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("createAdmissionChain", () => {
  it("runs the plugins of a phase in order, without a promise when they answer without one", () => {
    const calls: string[] = [];
    const plugin = (name: string): Admission => ({
      mutate: () => void calls.push(`${name} mutate`),
      validate: () => void calls.push(`${name} validate`),
    });
    const chain = chainOf(plugin("a"), plugin("b"));
    expect(chain.mutate(attributesOf())).toBeUndefined();
    expect(chain.validate(attributesOf())).toBeUndefined();
    expect(calls).toEqual(["a mutate", "b mutate", "a validate", "b validate"]);
    expect(chain.plugins).toEqual(["p0", "p1"]);
  });

  it("waits for a plugin before it runs the next", async () => {
    const calls: string[] = [];
    const chain = chainOf(
      {
        mutate: async () => {
          await Promise.resolve();
          calls.push("slow");
        },
      },
      { mutate: () => void calls.push("fast") },
      { mutate: async () => void calls.push("last") },
    );
    await chain.mutate(attributesOf());
    expect(calls).toEqual(["slow", "fast", "last"]);
  });

  it("asks handles once, at boot", () => {
    let asked = 0;
    const seen: string[] = [];
    const chain = chainOf({
      handles: (operation) => {
        asked++;
        return operation === "DELETE";
      },
      mutate: (attributes) => void seen.push(attributes.operation),
    });
    const atBoot = asked;
    chain.mutate(attributesOf("CREATE"));
    chain.mutate(attributesOf("DELETE"));
    expect(asked).toBe(atBoot);
    expect(seen).toEqual(["DELETE"]);
    expect(chain.mutates("CREATE")).toBe(false);
    expect(chain.mutates("DELETE")).toBe(true);
  });

  it("keeps `this` of a plugin class", () => {
    class Counter implements Admission {
      count = 0;
      validate(): void {
        this.count++;
      }
    }
    const counter = new Counter();
    chainOf(counter).validate(attributesOf());
    expect(counter.count).toBe(1);
  });

  it("answers a denial with 403 and upstream's text, and stops there", () => {
    let reached = false;
    const chain = chainOf(
      { validate: () => deny("every rollout needs a team label") },
      {
        validate: () => {
          reached = true;
        },
      },
    );
    const error = caught(() => chain.validate(attributesOf()));
    expect(error.status).toMatchObject({
      code: 403,
      reason: "Forbidden",
      message: 'rollouts.delivery.example.com "x" is forbidden: every rollout needs a team label',
      details: { name: "x", group: "delivery.example.com", kind: "rollouts" },
    });
    expect(reached).toBe(false);
  });

  it("names the prefix while the name is not generated", () => {
    const error = caught(() => chainOf({ mutate: () => deny("no") }).mutate(attributesOf("CREATE", "")));
    expect(error.message).toBe('rollouts.delivery.example.com "web-" is forbidden: no');
  });

  it("denies from a promise too", async () => {
    await expect(chainOf({ validate: async () => deny("no") }).validate(attributesOf())).rejects.toMatchObject({
      code: 403,
    });
  });

  it("passes a StatusError as it is", () => {
    const thrown = StatusError.notFound({ group: "", resource: "namespaces" }, "nons");
    expect(
      caught(() =>
        chainOf({
          mutate: () => {
            throw thrown;
          },
        }).mutate(attributesOf()),
      ),
    ).toBe(thrown);
  });

  it.each(["sync", "async"])("turns any other error into a 500 that names the plugin (%s)", async (how) => {
    const cause = new TypeError("x is undefined");
    const failures: unknown[] = [];
    const plugin: Admission = {
      mutate:
        how === "sync"
          ? () => {
              throw cause;
            }
          : async () => {
              throw cause;
            },
    };
    const chain = createAdmissionChain([{ name: "quota", plugin }], { failed: (...all) => failures.push(all) });
    const error: unknown = await (async () => chain.mutate(attributesOf()))().catch((one: unknown) => one);
    expect(StatusError.is(error) && error.status).toMatchObject({
      code: 500,
      reason: "InternalError",
      message: 'Internal error occurred: admission plugin "quota" failed: x is undefined',
    });
    expect(failures).toEqual([["quota", "mutate", cause]]);
  });

  it("tells each step to the observer", async () => {
    const seen: unknown[] = [];
    const chain = createAdmissionChain(
      [
        { name: "a", plugin: { validate: () => {} } },
        { name: "b", plugin: { validate: async () => deny("no") } },
      ],
      { observe: (...all) => seen.push([...all.slice(0, 4), typeof all[4]]) },
    );
    await expect(chain.validate(attributesOf())).rejects.toThrow("no");
    expect(seen).toEqual([
      ["a", "validate", "CREATE", false, "number"],
      ["b", "validate", "CREATE", true, "number"],
    ]);
  });
});
