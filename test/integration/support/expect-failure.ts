import type { StatusDetails } from "@quarterdeck/meta";
import type { TestResponse } from "@quarterdeck/testing";
import { expect } from "vitest";

/** Expects an answer to be exactly one failure `Status`: code, reason, message and details, and nothing beside them. */
export function expectFailure(
  response: TestResponse,
  code: number,
  reason: string | undefined,
  message: string,
  details?: StatusDetails,
): void {
  expect(response.text() === "" ? { status: response.status } : response.json()).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  });
  expect(response.status).toBe(code);
  expect(response.headers["content-type"]).toBe("application/json");
}
