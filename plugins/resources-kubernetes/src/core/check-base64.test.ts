import { StatusError } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { checkBase64 } from "./check-base64.js";

it("says where, but not what", () => {
  expect(() => checkBase64("Secret", { a: "QQ==", b: "hunter2%" })).toThrow(StatusError);
  expect(() => checkBase64("Secret", { b: "hunter2%" })).toThrow(
    /^Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 7$/,
  );
  expect(() => checkBase64("Secret", undefined)).not.toThrow();
});
