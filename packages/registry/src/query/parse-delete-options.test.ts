import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { bodyOf, refusal } from "../resource.fixture.js";
import { parseDeleteOptions } from "./parse-delete-options.js";

const fromQuery = (query: string) => parseDeleteOptions(new URLSearchParams(query), undefined);
const fromBody = (body: JsonObject) => parseDeleteOptions(new URLSearchParams("gracePeriodSeconds=9"), bodyOf(body));

describe("parseDeleteOptions", () => {
  it("reads the query when there is no body", () => {
    expect(fromQuery("")).toEqual({});
    expect(fromQuery("gracePeriodSeconds=5&propagationPolicy=Foreground&dryRun=All")).toEqual({
      gracePeriodSeconds: 5,
      propagationPolicy: "Foreground",
      dryRun: ["All"],
    });
    expect(fromQuery("orphanDependents=false")).toEqual({ orphanDependents: false });
    expect(fromQuery("uid=u")).toEqual({ preconditions: { uid: "u" } });
    expect(fromQuery("uid=&resourceVersion=7")).toEqual({ preconditions: { resourceVersion: "7" } });
  });

  it("reads the body alone when there is one", () => {
    const preconditions = { uid: "u", resourceVersion: "3" };
    expect(fromBody({ kind: "DeleteOptions", apiVersion: "v1", preconditions, propagationPolicy: "Orphan" })).toEqual({
      preconditions,
      propagationPolicy: "Orphan",
    });
    expect(fromBody({ apiVersion: "meta.k8s.io/v1", kind: "DeleteOptions", gracePeriodSeconds: null })).toEqual({});
  });

  it("reads whether to remove what cannot be read; false goes with anything", () => {
    const option = "ignoreStoreReadErrorWithClusterBreakingPotential";
    expect(fromQuery(`${option}=true&dryRun=All`)).toEqual({ [option]: true, dryRun: ["All"] });
    expect(fromBody({ [option]: true })).toEqual({ [option]: true });
    expect(fromBody({ [option]: false, gracePeriodSeconds: 3 })).toEqual({ gracePeriodSeconds: 3 });
  });

  it("reads a negative grace period as one second", () => {
    expect(fromBody({ gracePeriodSeconds: -1 })).toEqual({ gracePeriodSeconds: 1 });
  });

  it.each([
    [
      { propagationPolicy: "Orphan", orphanDependents: true },
      'propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      { propagationPolicy: "x" },
      'propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      {
        ignoreStoreReadErrorWithClusterBreakingPotential: true,
        propagationPolicy: "Orphan",
        gracePeriodSeconds: 0,
        preconditions: {},
      },
      `[${["propagationPolicy", "gracePeriodSeconds", "preconditions"]
        .map(
          (option) =>
            `ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: cannot be set together with .${option}`,
        )
        .join(", ")}]`,
    ],
    [
      { ignoreStoreReadErrorWithClusterBreakingPotential: true, orphanDependents: false },
      "ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: cannot be set together with .orphanDependents",
    ],
    [{ dryRun: ["x"] }, 'dryRun: Unsupported value: ["x"]: supported values: "All"'],
  ])("refuses %j with 422", async (body, detail) => {
    const error = await refusal(() => fromBody(body));
    expect(error.status).toMatchObject({ code: 422, message: `DeleteOptions.meta.k8s.io "" is invalid: ${detail}` });
  });

  it.each<[JsonObject, string]>([
    [{ kind: "Pod", apiVersion: "v1" }, 'no kind "Pod" is registered for version "v1"'],
    [
      { gracePeriodSeconds: "5" },
      "json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64",
    ],
    [{ dryRun: "All" }, "json: cannot unmarshal string into Go struct field DeleteOptions.dryRun of type []string"],
    [
      { preconditions: { uid: 3 } },
      "json: cannot unmarshal number into Go struct field DeleteOptions.uid of type types.UID",
    ],
  ])("refuses %j with 400", async (body, message) => {
    expect((await refusal(() => fromBody(body))).status).toMatchObject({ code: 400, reason: "BadRequest", message });
  });
});
