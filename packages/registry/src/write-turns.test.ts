import { describe, expect, it } from "vitest";
import { MemoryResourceStore } from "./memory-resource-store.fixture.js";
import { takeTurn } from "./write-turns.js";

const A = { namespace: "demo", name: "a" };

function calm(): AbortSignal {
  return new AbortController().signal;
}

describe("takeTurn", () => {
  it("lets one at a time to an object, in the order in which they came", async () => {
    const store = new MemoryResourceStore();
    const order: string[] = [];
    const end = await takeTurn(store, A, calm());
    const others = ["second", "third"].map(async (who) => {
      const endTurn = await takeTurn(store, A, calm());
      order.push(who);
      endTurn();
    });
    order.push("first");
    end();
    await Promise.all(others);
    expect(order).toEqual(["first", "second", "third"]);
    (await takeTurn(store, A, calm()))();
  });

  it("keeps nobody from another object, or from another store", async () => {
    const store = new MemoryResourceStore();
    await takeTurn(store, A, calm());
    (await takeTurn(store, { namespace: "demo", name: "b" }, calm()))();
    (await takeTurn(new MemoryResourceStore(), A, calm()))();
  });

  it("lets those leave who wait no longer", async () => {
    const store = new MemoryResourceStore();
    const end = await takeTurn(store, A, calm());
    const impatient = new AbortController();
    const left = takeTurn(store, A, impatient.signal);
    const stays = takeTurn(store, A, calm());
    impatient.abort(new Error("enough"));
    await expect(left).rejects.toThrow("enough");
    await expect(takeTurn(store, A, impatient.signal)).rejects.toThrow("enough");
    end();
    (await stays)();
  });
});
