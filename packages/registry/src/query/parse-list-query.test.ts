import { describe, expect, it } from "vitest";
import { refusal } from "../resource.fixture.js";
import { parseListQuery } from "./parse-list-query.js";

describe("parseListQuery", () => {
  it("reads every option", () => {
    const query = parseListQuery(
      "watch=true&labelSelector=a%3D1&fieldSelector=b%3D2&limit=5&continue=tok&resourceVersion=7" +
        "&resourceVersionMatch=NotOlderThan&sendInitialEvents=false&allowWatchBookmarks=1&timeoutSeconds=30&pretty=1",
    );
    expect(query).toMatchObject({
      watch: true,
      limit: 5,
      continueToken: "tok",
      resourceVersion: "7",
      resourceVersionMatch: "NotOlderThan",
      unknownMatch: "",
      sendInitialEvents: false,
      allowWatchBookmarks: true,
      timeoutSeconds: 30,
    });
    expect(query.labelSelector?.requirements).toHaveLength(1);
    expect(query.fieldSelector?.requirements).toEqual([{ field: "b", operator: "=", value: "2" }]);
  });

  it.each([
    ["watch=0", false],
    ["watch=False", false],
    ["", false],
    ["watch", true],
    ["watch=x", true],
  ])("reads flags as upstream does: %j is %s", (query, expected) => expect(parseListQuery(query).watch).toBe(expected));

  it.each([
    ["labelSelector=a%20b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ["fieldSelector=abc", "invalid selector: 'abc'; can't understand 'abc'"],
    ["limit=abc", 'strconv.ParseInt: parsing "abc": invalid syntax'],
    ["limit=1e3", 'strconv.ParseInt: parsing "1e3": invalid syntax'],
    ["timeoutSeconds=99999999999999999999", 'strconv.ParseInt: parsing "99999999999999999999": value out of range'],
  ])("refuses %s with 400, every time", async (query, message) => {
    for (const text of [query, query]) {
      expect((await refusal(() => parseListQuery(text))).status).toMatchObject({
        code: 400,
        reason: "BadRequest",
        message,
      });
    }
  });

  it("remembers what clients repeat, and only that", () => {
    expect(parseListQuery("labelSelector=again")).toBe(parseListQuery("labelSelector=again"));
    expect(parseListQuery(new URLSearchParams("labelSelector=again"))).toBe(parseListQuery("labelSelector=again"));
    expect(parseListQuery("resourceVersion=5")).not.toBe(parseListQuery("resourceVersion=5"));
    expect(parseListQuery("continue=5")).not.toBe(parseListQuery("continue=5"));
    const early = parseListQuery("labelSelector=early");
    for (let index = 0; index < 600; index++) parseListQuery(`limit=${index}`);
    expect(parseListQuery("labelSelector=early")).not.toBe(early);
  });
});
