import { describe, expect, it } from "vitest";
import { readConnectAddress } from "./connect-address.js";
import { refusal } from "./resource.fixture.js";

describe("readConnectAddress", () => {
  it.each([
    ["web", { scheme: "", name: "web", port: "" }],
    ["web:http", { scheme: "", name: "web", port: "http" }],
    ["web:", { scheme: "", name: "web", port: "" }],
    ["https:web:443", { scheme: "https", name: "web", port: "443" }],
    [":web:80", { scheme: "", name: "web", port: "80" }],
  ])("reads %s", (id, address) => {
    expect(readConnectAddress("service", id)).toEqual(address);
  });

  it.each(["ftp:web:21", ":80", "", "http::80", "a:b:c:d"])("refuses %j", async (id) => {
    const { message, code } = await refusal(() => readConnectAddress("service", id));
    expect([code, message]).toEqual([400, `invalid service request ${JSON.stringify(id)}`]);
  });
});
