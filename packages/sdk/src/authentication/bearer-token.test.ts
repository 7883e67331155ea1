import { expect, it } from "vitest";
import { bearerToken } from "./bearer-token.js";

it.each([
  ["Bearer abc", "abc"],
  ["bearer abc", "abc"],
  ["Bearer abc ", "abc"],
  ["Bearer abc def", "abc"],
  ["Bearer  abc", undefined],
  ["Bearer", undefined],
  ["Bearer ", undefined],
  ["Basic abc", undefined],
  [undefined, undefined],
])("takes the token of %j to be %j, as upstream splits it at its spaces", (authorization, token) => {
  const request = { socket: undefined, path: "", header: () => authorization };
  expect(bearerToken(request)).toBe(token);
});
