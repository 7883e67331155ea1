import type { FieldErrors, ObjectMeta, UserInfo } from "@quarterdeck/meta";
import type { Services } from "../contract/services.js";
import type { StagedObjects } from "../contract/staged-objects.js";

/** What a hook may know about the write it is part of. */
export interface HookContext {
  /** A PUT or an apply that makes the object is a CREATE. */
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly dryRun: boolean;
  readonly user: UserInfo;
  readonly services: Services;
  /** Within a transaction: what the operations before this one will leave of other objects. */
  readonly staged?: StagedObjects | undefined;
  /** `status` or a part of `@Resource` when the write is to that; absent or empty for the object itself. */
  readonly subresource?: string;
  /** Adds a `Warning` header to the answer. */
  warn(text: string): void;
}

/** Told how a write ended that `begin` has prepared something for; upstream's `FinishFunc`. */
export interface WriteEnd {
  /**
   * Called once. True when the store holds what the write made of the object; false when the write was refused, lost to
   * another writer, undone with its transaction or only tried, or when it removed the object. Must not throw: its error would
   * stand for what became of the write.
   */
  end(stored: boolean): void | Promise<void>;
}

/**
 * The base of a decorated resource. The optional methods are its behaviour (upstream calls it a strategy); an instance
 * has the JSON form of the object, so `this.spec` is what the client sent, after defaulting. The constructor does not
 * run and `#private` members do not exist: what a hook needs besides the object is a function beside the class.
 *
 * Versions: a class that is not the storage version has `convertTo` (this → an object of the storage version) and the
 * static `convertFrom` (an object of the storage version → this version); `metadata` is carried over by the server,
 * but a conversion that returns metadata decides its labels and annotations, and may keep there what a version lacks.
 */
export abstract class ApiObject<TSpec = unknown, TStatus = unknown> {
  apiVersion!: string;
  kind!: string;
  metadata!: ObjectMeta;
  spec?: TSpec;
  status?: TStatus;

  /** Fills in what the client left out and the schema's defaults cannot say. */
  default?(): void;
  /**
   * Runs on a create and on an update of the object itself (`old` is then the stored object), after mutating admission and
   * `authorize`, before `prepareForCreate` or `prepareForUpdate`: may change the object and may act, as Services take
   * their IP addresses and ports, and gives what undoes or completes that. Runs again for another try at a name or after a
   * conflict, each with an end of its own. May be async. Upstream's `BeginCreate` and `BeginUpdate`.
   */
  begin?(old: this | undefined, context: HookContext): WriteEnd | undefined | Promise<WriteEnd | undefined>;
  /** Runs before validation of a create, after admission has mutated the object. */
  prepareForCreate?(context: HookContext): void;
  /** Runs before validation of an update; `old` is the stored object. */
  prepareForUpdate?(old: this, context: HookContext): void;
  /**
   * Runs before validation of an update of `/status` or of another part, which `context.subresource` names. On `/status`
   * all but the status is as it was already; on a part it is for this method to put back what may not change.
   */
  prepareForPartUpdate?(old: this, context: HookContext): void;
  /** Runs when a delete only marks the object, since finalizers hold it; a Namespace turns to Terminating. */
  prepareForDelete?(context: HookContext): void;
  /**
   * Runs on the first delete: for how many seconds the object stays, marked, so that whoever runs it can end; `asked` is
   * what the client wants. 0 lets it go at once, undefined says that it is not deleted gracefully. Whoever runs the object
   * takes it away by a delete with `gracePeriodSeconds=0`, as kubelets do with pods. Upstream's `CheckGracefulDelete`.
   * Throws a `StatusError` to refuse the delete.
   */
  gracePeriod?(asked: number | undefined): number | undefined;
  /**
   * Runs once the object is gone, by a delete or by the update that took the last finalizer away; not on a dry run, not for
   * objects that end by their lifetime or cannot be read. `this` is what was stored last, and is not to be changed: what it
   * held elsewhere is given back. May be async. Upstream's `AfterDelete`.
   */
  afterDelete?(context: HookContext): void | Promise<void>;
  /**
   * Names, besides `metadata.finalizers`, that keep a deleted object; it goes once both are empty. A Namespace has
   * `spec.finalizers`.
   */
  heldBy?(): readonly string[];
  /**
   * Runs after mutating admission and before the preparation of a create or an update (`old` is then the stored object; also
   * of `/status` and of parts): whether this user may write this. Throws a `StatusError` to refuse. May be async, must not change anything.
   */
  authorize?(old: this | undefined, context: HookContext): void | Promise<void>;
  /**
   * On a resource with `stored: false`: the answer to a POST, which is sent with 201 and kept nowhere. `this` is what the
   * client sent, defaulted, admitted and validated. Most set `this.status` and return `this`.
   */
  answer?(context: HookContext): object | Promise<object>;
  /** Runs on create and on update, after the schema has been checked. */
  validate?(errors: FieldErrors, context: HookContext): void;
  /** Runs on update only, after `validate`. */
  validateUpdate?(old: this, errors: FieldErrors, context: HookContext): void;
  /** On a version that is not stored: this object in the storage version; apiVersion and kind may be left out. */
  convertTo?(): object;
}

/** The static side of a class with `stored: false` whose objects can be read: they are made each time. */
export interface ReadObjects {
  /**
   * All objects of a cluster-scoped resource as they are at this moment, with their `metadata.name`; apiVersion and kind may be
   * left out. They have no resourceVersion and cannot be watched.
   */
  readObjects(services: Services): readonly object[] | Promise<readonly object[]>;
}

/** The static side of a class that is not the storage version. */
export interface ConvertibleFrom {
  /** An object of this version made from one of the storage version; apiVersion and kind may be left out. */
  convertFrom(stored: object): object;
}
