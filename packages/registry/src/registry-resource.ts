import type { AdmissionChain } from "@quarterdeck/admission";
import type { Status, UserInfo } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { Services, StagedObjects } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";
import type { EncodedObject } from "@quarterdeck/wire";
import type { WriteOutcome } from "./write-outcome.js";

/** One resource with all its verbs need; made once at boot. */
export interface RegistryResource {
  readonly descriptor: ResourceDescriptor;
  readonly store: ResourceStore;
  readonly admission: AdmissionChain;
  /** The clock: creation and deletion timestamps. */
  readonly now: () => Date;
  /** What the hooks of the class may ask for. */
  readonly services: Services;
  /** In a transaction, which writes an object once: what waits for its end. */
  readonly outcome?: WriteOutcome;
  /** Within a transaction: what it will leave of other objects. */
  readonly staged?: StagedObjects;
}

/** What every read knows about its request. */
export interface ReadRequest {
  /** The version of the URL: field selectors are those of its class. */
  readonly version: VersionDescriptor;
  /** Empty for cluster-scoped resources and for all namespaces. */
  readonly namespace: string;
  /** From the URL; empty for a collection. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** What every write knows about its request. */
export interface WriteRequest {
  /** The version of the URL: the body is read and the answer written in it. */
  readonly version: VersionDescriptor;
  /** Empty for cluster-scoped resources. */
  readonly namespace: string;
  /** From the URL; empty on create and deletecollection. */
  readonly name: string;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
  /** The query's fieldManager, or the User-Agent up to the slash. */
  readonly fieldManager: string;
  readonly signal: AbortSignal;
  readonly services: Services;
  /** That of the resource. */
  readonly staged?: StagedObjects | undefined;
  /** The part that is written, once an update of one is planned. */
  readonly subresource?: string;
  warn(text: string): void;
  /** Adds an annotation to the audit event. */
  annotate(key: string, value: string): void;
}

/** What a write answers with. */
export interface Written {
  readonly object: EncodedObject;
  /** True answers 201. */
  readonly created: boolean;
}

/**
 * What a delete answers with: the object while finalizers or its grace keep it, else a Success status, or the object as it
 * was for kinds that say so.
 */
export type Deleted = ({ readonly object: EncodedObject } | { readonly status: Status }) & {
  /** False while the object is still there. */
  readonly gone: boolean;
};

/** `DeleteOptions` of meta/v1 as the body or the query gave them, checked. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly propagationPolicy?: "Orphan" | "Background" | "Foreground";
  readonly orphanDependents?: boolean;
  readonly dryRun?: readonly string[];
  /** The object is removed unread, since it cannot be read; nothing that holds it is asked. */
  readonly ignoreStoreReadErrorWithClusterBreakingPotential?: true;
}
