import type { KubeObject } from "@quarterdeck/meta";
import type { ObjectAddress } from "./client.js";
import type { ResourceReference } from "./lister.js";

/**
 * What the operations of a transaction before this one will leave of an object, in its storage version, without a
 * resourceVersion: listers and clients do not know of it until the commit. Null when they delete it, undefined when they do
 * not write it; then it is as a lister tells. Objects are shared, never change them.
 */
export type StagedObjects = (resource: ResourceReference, address: ObjectAddress) => KubeObject | null | undefined;
