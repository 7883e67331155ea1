import type { UserInfo } from "@quarterdeck/meta";
import type { RegistryResource, WriteRequest } from "@quarterdeck/registry";

/** Who plugins and the server itself are when they write. */
const SERVER_USER: UserInfo = Object.freeze({
  name: "system:apiserver",
  groups: Object.freeze(["system:masters", "system:authenticated"]),
});

type Asked = Pick<WriteRequest, "namespace" | "name" | "fieldManager" | "signal" | "warn"> &
  Partial<Pick<WriteRequest, "version">>;

/** A request of the server itself: strict, and in no audit event. The version is the stored one unless another is asked for. */
export function serverRequest({ descriptor, services, staged }: RegistryResource, asked: Asked): WriteRequest {
  return {
    version: descriptor.storageVersion,
    user: SERVER_USER,
    dryRun: false,
    fieldValidation: "Strict",
    services,
    staged,
    annotate() {},
    ...asked,
  };
}
