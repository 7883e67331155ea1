import { expect, test } from "vitest";
import { drop, put, startStore } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { WatchLane } from "./resource-store.js";

/** A lane that records what it is told, and how many members it has at that moment. */
class LaneProbe implements WatchLane {
  readonly lines: string[] = [];
  members = 0;
  readonly onLane = (joined: boolean): void => {
    this.members += joined ? 1 : -1;
  };

  deliver(type: string, { object }: { object: { namespace: string; name: string; revision: number } }): void {
    this.lines.push(`${type} ${object.namespace}/${object.name} @${object.revision} x${this.members}`);
  }
}

test("members of a lane are told of a live change by one call, what they start with one by one", async () => {
  const store = await startStore(await WrappedStorage.open());
  await put(store, "a/1");
  const lane = new LaneProbe();
  const options = { namespace: "a", lane, onLane: lane.onLane };
  const first = await WatchProbe.start(store, options);
  const second = await WatchProbe.start(store, options);
  expect([first.lines, second.lines]).toEqual([["ADDED a/1 @2"], ["ADDED a/1 @2"]]);
  await put(store, "a/2");
  await put(store, "b/1");
  await put(store, "a/1", { k: "v" });
  await drop(store, "a/2");
  expect(lane.lines).toEqual(["ADDED a/2 @3 x2", "MODIFIED a/1 @5 x2", "DELETED a/2 @6 x2"]);
  expect([first.lines, second.lines]).toEqual([["ADDED a/1 @2"], ["ADDED a/1 @2"]]);
});

test("a member that closes leaves, and an empty lane is told nothing", async () => {
  const store = await startStore(await WrappedStorage.open());
  const lane = new LaneProbe();
  const options = { lane, onLane: lane.onLane };
  const first = await WatchProbe.start(store, options);
  const second = await WatchProbe.start(store, options);
  first.watch?.close();
  await put(store, "a/1");
  second.watch?.close();
  await put(store, "a/2");
  expect(lane.lines).toEqual(["ADDED a/1 @2 x1"]);
  expect(lane.members).toBe(0);
});

test("a watch with a predicate, or one that waits for a revision to come, is told by itself", async () => {
  const store = await startStore(await WrappedStorage.open());
  const lane = new LaneProbe();
  const options = { lane, onLane: lane.onLane };
  const chosen = await WatchProbe.start(store, { ...options, predicate: (object) => object.name === "2" });
  const future = await WatchProbe.start(store, { ...options, resourceVersion: "3" });
  await put(store, "a/1");
  await put(store, "a/2");
  await put(store, "a/3");
  expect(lane.lines).toEqual([]);
  expect(chosen.lines).toEqual(["ADDED a/2 @3"]);
  expect(future.lines).toEqual(["ADDED a/3 @4"]);
});

test("a watch that starts while a change is being told hears each change once", async () => {
  const store = await startStore(await WrappedStorage.open());
  const lane = new LaneProbe();
  const late = new WatchProbe();
  const early = await WatchProbe.start(store);
  early.onLine = () => {
    early.onLine = () => undefined;
    void store.watch(late.options({ lane, onLane: lane.onLane, resourceVersion: "1" })).then((watch) => {
      late.watch = watch;
    });
  };
  await put(store, "a/1");
  await put(store, "a/2");
  const heard = [...late.lines, ...lane.lines].map((line) => line.split(" ")[1]);
  expect(heard).toEqual(["a/1", "a/2"]);
});

test("stopping the store ends the members of a lane, a failing lane only its own", async () => {
  const store = await startStore(await WrappedStorage.open());
  const broken: WatchLane = {
    deliver() {
      throw new Error("broken");
    },
  };
  const lane = new LaneProbe();
  const failing = await WatchProbe.start(store, { lane: broken });
  const sound = await WatchProbe.start(store, { lane, onLane: lane.onLane });
  await put(store, "a/1");
  expect(failing.ends.map((error) => error?.message)).toEqual(["broken"]);
  expect(lane.lines).toEqual(["ADDED a/1 @2 x1"]);
  store.stop();
  expect(sound.ends).toEqual([undefined]);
});
