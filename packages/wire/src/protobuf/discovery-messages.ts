import { keep, list, message, omit, pointer } from "./message-field.js";
import { LIST_META, OBJECT_META } from "./meta-messages.js";

const serverAddress = message("ServerAddressByClientCIDR", {
  clientCIDR: keep(1, "string"),
  serverAddress: keep(2, "string"),
});

const groupVersion = message("GroupVersionForDiscovery", {
  groupVersion: keep(1, "string"),
  version: keep(2, "string"),
});

/** `meta/v1.APIVersions`, what `/api` answers. */
export const API_VERSIONS = message("APIVersions", {
  versions: list(1, "string"),
  serverAddressByClientCIDRs: list(2, serverAddress),
});

/** `meta/v1.APIGroup`, what `/apis/<group>` answers. */
export const API_GROUP = message("APIGroup", {
  name: keep(1, "string"),
  versions: list(2, groupVersion),
  preferredVersion: omit(3, groupVersion),
  serverAddressByClientCIDRs: list(4, serverAddress),
});

/** `meta/v1.APIGroupList`, what `/apis` answers. */
export const API_GROUP_LIST = message("APIGroupList", { groups: list(1, API_GROUP) });

const apiResource = message("APIResource", {
  name: keep(1, "string"),
  namespaced: keep(2, "bool"),
  kind: keep(3, "string"),
  // A message of its own in Go, which may be nil.
  verbs: pointer(4, "strings"),
  shortNames: list(5, "string"),
  singularName: keep(6, "string"),
  categories: list(7, "string"),
  group: omit(8, "string"),
  version: omit(9, "string"),
  storageVersionHash: omit(10, "string"),
});

/** `meta/v1.APIResourceList`, what a group and version answers. */
export const API_RESOURCE_LIST = message("APIResourceList", {
  groupVersion: keep(1, "string"),
  resources: list(2, apiResource),
});

const groupVersionKind = message("GroupVersionKind", {
  group: keep(1, "string"),
  version: keep(2, "string"),
  kind: keep(3, "string"),
});

const subresourceDiscovery = message("APISubresourceDiscovery", {
  subresource: keep(1, "string"),
  responseKind: pointer(2, groupVersionKind),
  acceptedTypes: list(3, groupVersionKind),
  verbs: list(4, "string"),
});

const resourceDiscovery = message("APIResourceDiscovery", {
  resource: keep(1, "string"),
  responseKind: pointer(2, groupVersionKind),
  scope: keep(3, "string"),
  singularResource: keep(4, "string"),
  verbs: list(5, "string"),
  shortNames: list(6, "string"),
  categories: list(7, "string"),
  subresources: list(8, subresourceDiscovery),
});

const versionDiscovery = message("APIVersionDiscovery", {
  version: keep(1, "string"),
  resources: list(2, resourceDiscovery),
  freshness: omit(3, "string"),
});

const groupDiscovery = message("APIGroupDiscovery", {
  metadata: keep(1, OBJECT_META),
  versions: list(2, versionDiscovery),
});

/** `apidiscovery.k8s.io` `APIGroupDiscoveryList`, the aggregated form of `/api` and `/apis`; the same in v2 and v2beta1. */
export const API_GROUP_DISCOVERY_LIST = message("APIGroupDiscoveryList", {
  metadata: keep(1, LIST_META),
  items: list(2, groupDiscovery),
});
