import { expect, it } from "vitest";
import type { Representation } from "../negotiate/representation.js";
import { encodedOf, rollout, v1 } from "../testing/wire.fixture.js";
import { tableHead, tableRow } from "./table.js";

const CREATED = "2026-01-01T00:00:00Z";

it("shows dates and ages as the time since and times as they are, and calls ages strings and times dates", () => {
  const columns = (["date", "age", "time"] as const).map((type) => ({
    name: type,
    type,
    format: "",
    description: "",
    priority: 0,
    cell: () => CREATED,
  }));
  const version = { ...v1, columns };
  const representation: Representation = {
    format: "json",
    view: "table",
    metaVersion: "meta.k8s.io/v1",
    includeObject: "None",
    pretty: false,
    gzip: false,
    contentType: "application/json",
    key: "table",
  };
  const head = JSON.parse(`${tableHead(version, representation, {})}]}`);
  expect(head.columnDefinitions.map(({ type }: { type: string }) => type)).toEqual(["date", "string", "date"]);
  const row = JSON.parse(tableRow(version, representation, encodedOf(rollout("a")), Date.parse(CREATED) + 5000));
  expect(row.cells).toEqual(["5s", "5s", CREATED]);
});
