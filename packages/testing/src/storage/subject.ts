import type { Storage } from "@quarterdeck/sdk";

/** One store under test, opened and empty. */
export interface StorageSubject {
  readonly storage: Storage;
  /** Closes the store and opens it again over the same data; absent when nothing outlives a close. */
  reopen?(): Promise<Storage>;
  /** Closes the store and removes what it left. */
  destroy(): Promise<void>;
}

/** Closes the store of a subject and opens it again over the same data. */
export function reopen(subject: StorageSubject): Promise<Storage> {
  if (subject.reopen === undefined) {
    throw new Error("the subject has no reopen: give it one or skip this case with the reason");
  }
  return subject.reopen();
}

/** What a backend says about itself to be tested. */
export interface StorageContractOptions {
  /** The name of the backend, for the titles. */
  readonly name: string;
  create(): Promise<StorageSubject>;
  /** Cases that the backend cannot pass, by title, each with the reason that the report shows. */
  readonly skip?: { readonly [title: string]: string };
}

/** One case of the suite: its title and what it does with a fresh store. */
export interface StorageCase {
  readonly title: string;
  /** `skip` ends the case visibly when the store turns out not to have what it is about. */
  run(subject: StorageSubject, skip: (reason: string) => never): Promise<void>;
}
