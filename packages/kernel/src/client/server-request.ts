import type { UserInfo } from "@quarterdeck/meta";
import type { RegistryResource, WriteRequest } from "@quarterdeck/registry";
import type { RequestScope } from "@quarterdeck/sdk";

/** Who plugins and the server itself are when they write. */
const SERVER_USER: UserInfo = Object.freeze({
  name: "system:apiserver",
  groups: Object.freeze(["system:masters", "system:authenticated"]),
});

/** The server itself, which means what it writes. */
export const SERVER_SCOPE: RequestScope = Object.freeze({ user: SERVER_USER, dryRun: false });

type Asked = Pick<WriteRequest, "namespace" | "name" | "fieldManager" | "signal" | "warn"> &
  Partial<Pick<WriteRequest, "version" | "user" | "dryRun">>;

/** A request of the server itself: strict, and in no audit event. The version is the stored one unless another is asked for. */
export function serverRequest({ descriptor, services, staged }: RegistryResource, asked: Asked): WriteRequest {
  return {
    version: descriptor.storageVersion,
    ...SERVER_SCOPE,
    fieldValidation: "Strict",
    services,
    staged,
    annotate() {},
    ...asked,
  };
}
