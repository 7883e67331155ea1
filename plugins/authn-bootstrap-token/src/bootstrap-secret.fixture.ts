import type { KubeObject } from "@quarterdeck/meta";

/** The secret of a good token, its data changed as said; undefined takes a key away. */
export function bootstrapSecret(
  data: { readonly [key: string]: string | undefined } = {},
  over: object = {},
): KubeObject {
  const texts = {
    "token-id": "abcdef",
    "token-secret": "0123456789abcdef",
    "usage-bootstrap-authentication": "true",
    ...data,
  };
  const entries = Object.entries(texts).flatMap(([key, text]) =>
    text === undefined ? [] : [[key, Buffer.from(text).toString("base64")]],
  );
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "bootstrap-token-abcdef", namespace: "kube-system" },
    type: "bootstrap.kubernetes.io/token",
    data: Object.fromEntries(entries),
    ...over,
  };
}
