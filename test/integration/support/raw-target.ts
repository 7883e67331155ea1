import type { TestServer } from "@quarterdeck/testing";
import type { RawTarget } from "./raw-connection.js";

/** The port of a test server, as its admin. */
export function rawTarget(server: TestServer): RawTarget {
  return { port: Number(new URL(server.url).port), ca: server.ca, ...server.admin };
}
