import { ObjectCounts, type RequestInfo } from "@quarterdeck/sdk";
import { requestContext } from "@quarterdeck/testing/filter-contract";
import { describe, expect, it } from "vitest";
import { WatchCounts } from "./watch-counts.js";
import { WorkEstimator } from "./work-estimator.js";

class Thousand extends ObjectCounts {
  override countOf(_group: string, resource: string): number | undefined {
    return resource === "configmaps" ? 750 : undefined;
  }
}

const watches = new WatchCounts();
const estimator = new WorkEstimator(() => new Thousand(), watches);

function seats(info: Partial<RequestInfo>, querystring = "", widest = 100): number {
  const context = requestContext({ requestInfo: { name: "", ...info } });
  return estimator.estimate({ ...context, querystring }, widest).initialSeats;
}

describe("WorkEstimator", () => {
  it.each<[Partial<RequestInfo>, string, number]>([
    [{ verb: "get", name: "a" }, "", 1],
    [{ verb: "list" }, "", 8],
    [{ verb: "list" }, "limit=250", 3],
    [{ verb: "list", labelSelector: "a=b" }, "limit=250&labelSelector=a%3Db", 8],
    [{ verb: "list", name: "a", fieldSelector: "metadata.name=a" }, "", 1],
    [{ verb: "list", resource: "pods" }, "", 1],
    [{ verb: "watch" }, "watch=1", 8],
    [{ verb: "watch" }, "watch=1&resourceVersion=0", 8],
    [{ verb: "watch" }, "watch=1&resourceVersion=12", 1],
    [{ verb: "watch" }, "watch=1&resourceVersion=12&sendInitialEvents=true", 8],
    [{ verb: "deletecollection" }, "", 1],
    [{ isResourceRequest: false, verb: "list" }, "", 1],
  ])("estimates %j?%s at %i seats", (info, query, expected) => {
    expect(seats(info, query)).toBe(expected);
  });

  it("takes no more than a level allows", () => {
    expect(seats({ verb: "list" }, "", 3)).toBe(3);
  });

  it("adds what a write costs those who watch", () => {
    const info = requestContext({ requestInfo: { name: "" } }).state.requestInfo;
    const write = { ...info, verb: "update", name: "a" };
    const cost = () => estimator.estimate(requestContext({ requestInfo: write }), 4);
    expect(cost()).toEqual({ initialSeats: 1, finalSeats: 0, additionalLatency: 0 });
    const ends = [
      ...Array.from({ length: 30 }, () => watches.add({ ...info, namespace: "" })),
      ...Array.from({ length: 20 }, () => watches.add(info)),
      ...Array.from({ length: 20 }, () => watches.add({ ...info, name: "b" })),
      watches.add(write),
    ];
    // 51 watchers: six seats for 5 ms, which is as much as four seats for 7.5 ms.
    expect(cost()).toEqual({ initialSeats: 1, finalSeats: 4, additionalLatency: 7.5 });
    const token = { ...write, resource: "serviceaccounts", subresource: "token", verb: "create" };
    expect(estimator.estimate(requestContext({ requestInfo: token }), 4).finalSeats).toBe(0);
    for (const end of ends) end();
    expect(watches.interestedIn(write)).toBe(0);
  });
});
