import type { JsonObject } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { describe, expect, test } from "vitest";
import { FieldSet } from "../field-set/field-set.js";
import { formatFieldPath } from "../path/format-field-path.js";
import { compileMergeSchema } from "../schema/compile-merge-schema.js";
import type { Managers } from "./managers.js";
import { MergeConflictError } from "./merge-conflict-error.js";
import type { MergeVersions } from "./merge-versions.js";
import { Merger } from "./merger.js";

/** The fields of an object, beside apiVersion, kind and metadata. */
export type Properties = { readonly [name: string]: StructuralSchema };

/** One write of a case, in version `v1` unless it says another. */
export type Write =
  | {
      readonly apply: string;
      readonly config: JsonObject;
      readonly force?: boolean;
      readonly version?: string;
      /** The whole message of the conflict; what was there stays. */
      readonly conflict?: string;
    }
  | { readonly update: string; readonly object: JsonObject; readonly version?: string };

/** A series of writes from nothing on, what comes of the object, and which paths each manager owns then. */
export interface MergeCase {
  readonly name: string;
  readonly writes: readonly Write[];
  readonly object: JsonObject;
  readonly owners: { readonly [manager: string]: readonly string[] };
}

export const STRING: StructuralSchema = { type: "string" };
export const INTEGER: StructuralSchema = { type: "integer" };
export const BOOLEAN: StructuralSchema = { type: "boolean" };

export function object(properties: Properties, more: StructuralSchema = {}): StructuralSchema {
  return { type: "object", properties, ...more };
}

export function map(values: StructuralSchema, more: StructuralSchema = {}): StructuralSchema {
  return { type: "object", additionalProperties: values, ...more };
}

export function set(items: StructuralSchema): StructuralSchema {
  return { type: "array", items, "x-kubernetes-list-type": "set" };
}

export function atomicList(items: StructuralSchema): StructuralSchema {
  return { type: "array", items, "x-kubernetes-list-type": "atomic" };
}

export function listMap(items: StructuralSchema, ...keys: readonly string[]): StructuralSchema {
  return { type: "array", items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys };
}

export const ATOMIC = { "x-kubernetes-map-type": "atomic" } as const;
export const PRESERVE = { "x-kubernetes-preserve-unknown-fields": true } as const;

/** One version and nothing ignored. */
export function oneVersion(properties: Properties): MergeVersions {
  const schema = compileMergeSchema(object(properties));
  return {
    schemaOf: (apiVersion) => (apiVersion === "v1" ? schema : undefined),
    convert: (from) => from,
    ignoredIn: () => undefined,
  };
}

/** What an object and its managers have come to. */
export interface MergeState {
  readonly object: JsonObject;
  readonly managers: Managers;
  /** The version of the object. */
  readonly version: string;
}

export const NOTHING_YET: MergeState = { object: {}, managers: new Map(), version: "v1" };

function applied(merger: Merger, state: MergeState, write: Extract<Write, { apply: string }>): MergeState {
  const { apply, config, force = false, conflict } = write;
  const run = () => merger.apply(state.object, config, state.version, state.managers, apply, force);
  if (conflict === undefined) {
    const result = run();
    return { ...state, object: result.object ?? state.object, managers: result.managers };
  }
  expect(run).toThrow(MergeConflictError);
  expect(run).toThrow(expect.objectContaining({ message: conflict }));
  return state;
}

/** What there is in the version of a write, as a server reads it. */
function inVersion(versions: MergeVersions, state: MergeState, version: string): MergeState {
  if (version === state.version) return state;
  return { ...state, object: versions.convert(state.object, state.version, version), version };
}

/** Carries out one write. */
export function write(versions: MergeVersions, before: MergeState, next: Write): MergeState {
  const merger = new Merger(versions);
  const state = inVersion(versions, before, next.version ?? "v1");
  if ("apply" in next) return applied(merger, state, next);
  const { update, object: after } = next;
  return {
    ...state,
    object: after,
    managers: merger.update(state.object, after, state.version, state.managers, update),
  };
}

/** The paths of each manager, as upstream writes them. */
export function ownersOf(managers: Managers): { [manager: string]: string[] } {
  return Object.fromEntries(
    [...managers].map(([name, { fields }]) => [name, [...fields.paths()].map(formatFieldPath)]),
  );
}

/** Makes a test of each case. What is owned goes through its JSON between two writes, as it does in a server. */
export function mergeCases(title: string, versions: MergeVersions, cases: readonly MergeCase[]): void {
  describe(title, () => {
    test.each(cases)("$name", ({ writes, object: expected, owners }) => {
      let state = NOTHING_YET;
      for (const next of writes) {
        const { managers, ...written } = write(versions, state, next);
        const read = [...managers].map(
          ([name, manager]) => [name, { ...manager, fields: FieldSet.fromJson(manager.fields.toJson()) }] as const,
        );
        state = { ...written, managers: new Map(read) };
      }
      expect(state.object).toEqual(expected);
      expect(ownersOf(state.managers)).toEqual(owners);
    });
  });
}
