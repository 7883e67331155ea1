import { readFile } from "node:fs/promises";
import { reasonOf } from "@quarterdeck/meta";
import { parse } from "yaml";
import { jwtShapeProblems } from "./check-shape.js";
import { ConfigurationError } from "./configuration-error.js";
import type { JwtAuthenticator } from "./jwt-authenticator.js";

const VERSIONS = ["apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1"];

function isJwtList(value: unknown, problems: readonly string[]): value is readonly JwtAuthenticator[] {
  return problems.length === 0 && Array.isArray(value);
}

/** The issuers of an `AuthenticationConfiguration` in YAML or JSON; throws a {@link ConfigurationError}. */
export async function readConfiguration(path: string): Promise<readonly JwtAuthenticator[]> {
  let document: unknown;
  try {
    document = parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new ConfigurationError(path, [reasonOf(error)]);
  }
  const { apiVersion, kind, jwt, ...others } = Object(document);
  if (kind !== "AuthenticationConfiguration" || !VERSIONS.includes(apiVersion)) {
    throw new ConfigurationError(path, [`must be an AuthenticationConfiguration of ${VERSIONS.join(" or ")}`]);
  }
  const list: unknown = jwt ?? [];
  const problems = [...jwtShapeProblems(list)];
  for (const name of Object.keys(others)) {
    problems.push(name === "anonymous" ? "anonymous: is the matter of the plugin anonymous" : `${name}: unknown field`);
  }
  if (!isJwtList(list, problems)) throw new ConfigurationError(path, problems);
  return list;
}
