import { expect, test } from "vitest";
import { imageTag } from "./image-tag.js";

const SHA256 = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", "latest"],
  ["nginx:latest", "latest"],
  ["nginx:1.27", "1.27"],
  ["library/nginx", "latest"],
  ["localhost/nginx", "latest"],
  ["registry.example.com:5000/team/app", "latest"],
  ["registry.example.com:5000/team/app:v2", "v2"],
  ["Registry/app", "latest"],
  ["[::1]:5000/app:v1", "v1"],
  ["a__b/c-d.e:x", "x"],
  [`nginx@${SHA256}`, ""],
  [`nginx:1.27@${SHA256}`, "1.27"],
  [`nginx:latest@${SHA256}`, "latest"],
])("%s has the tag %j", (image, tag) => {
  expect(imageTag(image)).toBe(tag);
});

test.each([
  "",
  "Nginx",
  "nginx:",
  "nginx:a b",
  `nginx:${"a".repeat(129)}`,
  "a".repeat(64),
  "nginx@sha256:abc",
  "nginx@md5:0123",
  "/nginx",
  "nginx/",
  "-a.example.com/app",
  "a..b",
  "a___b",
  `example.com/${"a/".repeat(200)}a`,
  "a".repeat(10_000),
])("%j is no image and has no tag", (image) => {
  expect(imageTag(image)).toBe("");
});
