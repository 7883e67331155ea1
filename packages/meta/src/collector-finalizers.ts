/** The finalizer of an object that waits until its dependents are gone; `FinalizerDeleteDependents` of meta/v1. */
export const FOREGROUND_FINALIZER = "foregroundDeletion";

/** The finalizer of an object that waits until its dependents are its own no more; `FinalizerOrphanDependents`. */
export const ORPHAN_FINALIZER = "orphan";
