import type { Constructor } from "../plugin/constructor.js";
import type { ApiObject } from "./api-object.js";
import { updateRecord } from "./record.js";

const RESOURCE_KEY = "quarterdeck:resource/resource";

/** A subresource that is the object itself, with the verbs that it has. */
export interface ResourcePart {
  readonly name: string;
  /** Default: all three. */
  readonly verbs?: readonly PartVerb[];
}

/** The verbs that a part may have. */
export type PartVerb = "get" | "update" | "patch";

/** What `@Resource` takes. */
export interface ResourceOptions {
  /** A DNS name, or the empty string for the core group. */
  readonly group: string;
  /** `v1`, `v1beta2`, `v1alpha1`; an alpha version is served only when the config enables it. */
  readonly version: string;
  readonly kind: string;
  /** Lowercase plural; default: the English plural of the kind. */
  readonly plural?: string;
  /** Default: the kind in lower case. */
  readonly singular?: string;
  /** Default: the kind with `List`. */
  readonly listKind?: string;
  readonly scope?: "Namespaced" | "Cluster";
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** Objects are stored in this version. Of several versions of a kind exactly one says so; a single one need not. */
  readonly storage?: boolean;
  /**
   * The class of the storage version of another resource, whose objects these are: they are stored there, in that version, and
   * converted, as the events of `events.k8s.io` are those of the core group. No version of this resource is then `storage`.
   */
  readonly storedAs?: () => Constructor;
  /** Default: true, but for alpha versions, which only the config switches on. False is final. */
  readonly served?: boolean;
  /** False: served only when the config's `runtimeConfig` switches it on, as beta versions of Kubernetes are. */
  readonly servedByDefault?: boolean;
  /** Answers carry a `Warning`: a text of one's own, or the default one. */
  readonly deprecated?: boolean | string;
  /** What names must look like; default `subdomain` (RFC 1123, at most 253), as for most kinds. */
  readonly nameFormat?: "subdomain" | "label" | "path-segment";
  /** Objects disappear so many seconds after their last write, as Events do. */
  readonly ttlSeconds?: number;
  /**
   * False: nothing is kept, the only verb is create, and the class's `answer` says what a POST is answered with, as for
   * TokenReview. Default: true.
   */
  readonly stored?: boolean;
  /**
   * Subresources that are the object itself, to be read and written (get, update, patch) as `/status` is, such as the
   * `/approval` of a CertificateSigningRequest; `prepareForPartUpdate` says what a write of one may change. One that does
   * not have all three verbs names those that it has, such as the `/finalize` of a Namespace.
   */
  readonly parts?: readonly (string | ResourcePart)[];
  /** Verbs that are not served, such as `deletecollection` for namespaces. */
  readonly withoutVerbs?: readonly string[];
  /** A PUT of a missing object creates it, as for leases. */
  readonly createOnUpdate?: boolean;
  /** A PUT that names no resourceVersion replaces whatever stands there. Default: of typed kinds, not of custom ones. */
  readonly unconditionalUpdate?: boolean;
  /**
   * What becomes of the dependents of an object when neither its delete nor its finalizers say: `background` deletes them
   * afterwards, `orphan` leaves them. `unsupported` objects have no dependents, as Events: deletes set no finalizers.
   * Default: `background`.
   */
  readonly garbageCollection?: "background" | "orphan" | "unsupported";
  /** The warning to a delete that does not say what becomes of the dependents, as of Jobs, whose pods stay. Default: none. */
  readonly dependentsWarning?: string;
  /** A delete is answered with the object that it removed, as of service accounts, not with a Success status. */
  readonly returnDeletedObject?: boolean;
  /**
   * Fields that nobody comes to own by a write, since it puts them back, as paths such as `status.certificate`: by the part that
   * is written, the empty name for the object itself. Of parts that are not named: none; of the object: its status; of `/status`:
   * all else. Upstream's `GetResetFields`.
   */
  readonly resetFields?: Readonly<Record<string, readonly string[]>>;
  /**
   * Writes of `/status` may change labels, annotations, finalizers and owners too, as those of most kinds of Kubernetes may: what
   * runs on a node annotates it that way. Default: only the status.
   */
  readonly statusMetadata?: boolean;
  /** A new object keeps the status that came with it, as that of a Node does. Default: it begins without one. */
  readonly statusOnCreate?: boolean;
  /** False: no column is added to the declared ones, as for Events, whose name nobody reads. Default: Name and Age are. */
  readonly defaultColumns?: boolean;
  readonly description?: string;
  /**
   * `typed` kinds behave on the wire as the native ones of Kubernetes, `custom` ones as those of a
   * CustomResourceDefinition. Default: `typed`, since a class is compiled in.
   */
  readonly flavour?: "typed" | "custom";
}

/** Declares a class, which extends {@link ApiObject}, as one version of an API resource. */
export function Resource(options: ResourceOptions): (owner: Constructor<ApiObject>) => void {
  return (owner) => updateRecord<ResourceOptions>(owner, RESOURCE_KEY, options, () => options);
}

/** What `@Resource` recorded on exactly this class. */
export function resourceRecord(owner: Constructor): ResourceOptions | undefined {
  return Reflect.getOwnMetadata(RESOURCE_KEY, owner);
}
