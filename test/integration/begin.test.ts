import type { KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { ApiObject, Field, type HookContext, Resource, Spec, type WriteEnd } from "@quarterdeck/sdk";
import { startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";

/** The berths of a harbour: which are taken, and by whom. */
const taken = new Map<number, string>();

class ShipSpec {
  @Field({ type: "integer" }) berth?: number;
  @Field() cargo?: string;
}

@Resource({ group: "harbour.example.com", version: "v1", kind: "Ship" })
class Ship extends ApiObject<ShipSpec> {
  @Spec() override spec?: ShipSpec;

  /** Takes the berth that the ship asks for, or the first that is free. */
  override async begin(old: this | undefined, { operation }: HookContext): Promise<WriteEnd | undefined> {
    const held = old?.spec?.berth;
    if (held !== undefined && (this.spec?.berth ?? held) === held) {
      this.spec = { ...this.spec, berth: held };
      return undefined;
    }
    const berth = this.spec?.berth ?? [1, 2, 3].find((one) => !taken.has(one));
    if (berth === undefined || taken.has(berth)) throw StatusError.badRequest(`${operation}: no berth is free`);
    taken.set(berth, this.metadata.name ?? "");
    this.spec = { ...this.spec, berth };
    return {
      end: (stored) => {
        if (!stored) taken.delete(berth);
        else if (held !== undefined) taken.delete(held);
      },
    };
  }

  override validate(errors: { forbidden(path: string, detail: string): void }): void {
    if (this.spec?.cargo === "gunpowder") errors.forbidden("spec.cargo", "not in this harbour");
  }

  override async afterDelete(): Promise<void> {
    if (this.spec?.berth !== undefined) taken.delete(this.spec.berth);
  }
}

const SHIPS = "/apis/harbour.example.com/v1/namespaces/default/ships";

function ship(name: string, spec: object = {}, metadata: object = {}): object {
  const own = { name, namespace: "default", ...metadata };
  return { apiVersion: "harbour.example.com/v1", kind: "Ship", metadata: own, spec };
}

function berthOf({ spec }: KubeObject): unknown {
  return (spec as ShipSpec | undefined)?.berth;
}

describe("what a class takes elsewhere while it is written", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config: { server: { transactions: true } }, resources: [Ship] });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.request(SHIPS, { method: "DELETE" });
    expect([...taken]).toEqual([]);
  });

  const post = (body: object, query = "") => server.request(`${SHIPS}${query}`, { method: "POST", body });
  const patch = (name: string, body: object, query = ""): Promise<TestResponse> =>
    server.request(`${SHIPS}/${name}${query}`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: JSON.stringify(body),
    });
  const apply = (name: string, body: object) =>
    server.request(`${SHIPS}/${name}?fieldManager=test`, {
      method: "PATCH",
      headers: { "content-type": "application/apply-patch+yaml" },
      body: JSON.stringify(body),
    });
  const transact = (operations: object[]) =>
    server.request("/quarterdeck/v1/transactions", {
      method: "POST",
      body: { kind: "Transaction", apiVersion: "quarterdeck/v1", operations },
    });

  it("is kept by a create, an apply and an update, and moves with one", async () => {
    expect(berthOf(await create(server, SHIPS, ship("ann")))).toBe(1);
    expect(berthOf(objectOf(await apply("ben", ship("ben"))))).toBe(2);
    expect(berthOf(objectOf(await patch("ann", { spec: { berth: 3 } })))).toBe(3);
    expect([...taken].sort()).toEqual([
      [2, "ben"],
      [3, "ann"],
    ]);
    expect((await patch("ben", { spec: { cargo: "tea" } })).status).toBe(200);
    expect((await patch("ben", { spec: { berth: 3 } })).json()).toMatchObject({ message: "UPDATE: no berth is free" });
    expect(taken.size).toBe(2);
  });

  it("is given back when the object is refused, its name is taken, or all was only tried", async () => {
    expect((await post(ship("ann", { cargo: "gunpowder" }))).status).toBe(422);
    expect(berthOf(objectOf(await post(ship("ann"), "?dryRun=All")))).toBe(1);
    expect(taken.size).toBe(0);
    const first = await create(server, SHIPS, ship("ann"));
    expect((await post(ship("ann"))).status).toBe(409);
    expect([...taken]).toEqual([[1, "ann"]]);
    const other = { metadata: { resourceVersion: "1" }, spec: { berth: 2 } };
    expect((await patch("ann", other)).status).toBe(409);
    expect((await patch("ann", { spec: { berth: 2, cargo: "gunpowder" } })).status).toBe(422);
    expect((await patch("ann", { spec: { berth: 2 } }, "?dryRun=All")).status).toBe(200);
    expect([...taken]).toEqual([[1, "ann"]]);
    expect(objectOf(await server.request(`${SHIPS}/ann`))).toEqual(first);
  });

  it("is given back by whichever write removes the object", async () => {
    await create(server, SHIPS, ship("ann", {}, { finalizers: ["example.com/held"] }));
    await create(server, SHIPS, ship("ben"));
    await server.request(`${SHIPS}/ann`, { method: "DELETE" });
    await server.request(`${SHIPS}/ben?dryRun=All`, { method: "DELETE" });
    expect(taken.size).toBe(2);
    await server.request(`${SHIPS}/ben`, { method: "DELETE" });
    expect([...taken]).toEqual([[1, "ann"]]);
    expect((await patch("ann", { metadata: { finalizers: null } })).status).toBe(200);
    expect(taken.size).toBe(0);
  });

  it("is kept and given back with the transaction that it is part of", async () => {
    await create(server, SHIPS, ship("ann"));
    const target = { apiVersion: "harbour.example.com/v1", kind: "Ship", namespace: "default", name: "ann" };
    const half = await transact([
      { verb: "delete", target },
      { verb: "create", object: ship("ben") },
      { verb: "create", object: ship("cid", { cargo: "gunpowder" }) },
    ]);
    expect(half.status).toBe(422);
    expect([...taken]).toEqual([[1, "ann"]]);
    const whole = await transact([
      { verb: "delete", target },
      { verb: "create", object: ship("ben") },
    ]);
    expect(whole.status, whole.text()).toBe(200);
    expect([...taken]).toEqual([[2, "ben"]]);
  });
});
