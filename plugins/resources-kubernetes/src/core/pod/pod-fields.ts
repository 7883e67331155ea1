import type { KubeObject } from "@quarterdeck/meta";
import { isPod } from "./is-pod.js";

/** Fields to select pods by that are not read as they stand. */
export const POD_FIELDS = {
  /** What the name of the node was called before `v1`. */
  host: (object: KubeObject): string => (isPod(object) && object.spec.nodeName) || "",
  hostNetwork: (object: KubeObject): string => String(isPod(object) && object.spec.hostNetwork === true),
  /** The first of the addresses. */
  podIP: (object: KubeObject): string => (isPod(object) && object.status.podIPs?.[0]?.ip) || "",
  /** Upstream takes the name but knows no value, so nothing but the empty text is found. */
  podIPs: (): string => "",
};
