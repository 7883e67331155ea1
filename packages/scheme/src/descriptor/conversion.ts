import {
  FieldErrors,
  formatFieldError,
  isJsonObject,
  type KubeObject,
  type ObjectMeta,
  reasonOf,
} from "@quarterdeck/meta";
import type { Constructor, ConvertibleFrom } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import { plainFields, prototypeMethod, viewAs } from "../hooks/instance-view.js";
import { cloneObject } from "../normalise/clone-json.js";
import type { Normaliser } from "./resource-descriptor.js";

/** A conversion function threw, or made something that is no object of the other version. */
export class ConversionError extends Error {
  override readonly name = "ConversionError";
}

/** One end of a conversion. */
export interface ConversionEnd {
  readonly owner: Constructor;
  readonly apiVersion: string;
  readonly kind: string;
  readonly normaliser: Normaliser;
}

/** How a version turns into the storage version and back. */
export interface Conversion {
  toStorage(object: KubeObject): KubeObject;
  fromStorage(object: KubeObject): KubeObject;
}

/** The storage version needs no conversion: the same object. */
export const IDENTITY: Conversion = Object.freeze<Conversion>({
  toStorage: (object) => object,
  fromStorage: (object) => object,
});

function isConvertible(owner: object): owner is ConvertibleFrom {
  return typeof Reflect.get(owner, "convertFrom") === "function";
}

function failure(from: ConversionEnd, to: ConversionEnd, why: string, cause?: unknown): ConversionError {
  const what = `converting ${from.kind} from ${from.apiVersion} to ${to.apiVersion}`;
  return new ConversionError(`${what}: ${why}`, cause === undefined ? undefined : { cause });
}

function isTextMap(value: unknown): value is { [key: string]: string } {
  return isJsonObject(value) && Object.values(value).every((text) => typeof text === "string");
}

/**
 * The metadata of the source with the labels and annotations that the function returned, if it returned metadata:
 * the only parts that a conversion may change, as upstream has it.
 */
function carryOver(source: ObjectMeta, returned: unknown): ObjectMeta | undefined {
  if (returned === undefined) return source;
  if (!isJsonObject(returned)) return undefined;
  const { labels = {}, annotations = {} } = returned;
  if (!isTextMap(labels) || !isTextMap(annotations)) return undefined;
  const { labels: _labels, annotations: _annotations, ownerReferences, finalizers, managedFields, ...head } = source;
  return {
    ...head,
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    ...(finalizers === undefined ? {} : { finalizers }),
    ...(managedFields === undefined ? {} : { managedFields }),
  };
}

function complete(result: unknown, source: KubeObject, from: ConversionEnd, to: ConversionEnd): KubeObject {
  if (!isJsonObject(result)) throw failure(from, to, "the conversion function returned no object");
  const report = { unknown: [], errors: new FieldErrors() };
  const fields = to.normaliser.normalise(plainFields(result), report);
  const [error] = report.errors.list;
  if (error !== undefined) throw failure(from, to, formatFieldError(error));
  const metadata = carryOver(source.metadata, result.metadata);
  if (metadata === undefined)
    throw failure(from, to, "metadata may only be returned with labels and annotations of strings");
  return { ...fields, kind: to.kind, apiVersion: to.apiVersion, metadata };
}

/** Runs a function of the author's on a copy that it may change, its errors wrapped with both versions. */
function convert(
  object: KubeObject,
  from: ConversionEnd,
  to: ConversionEnd,
  run: (view: object) => unknown,
): KubeObject {
  let result: unknown;
  try {
    result = run(viewAs(from.owner, cloneObject(plainFields(object))));
  } catch (error) {
    throw failure(from, to, reasonOf(error), error);
  }
  return complete(result, object, from, to);
}

/**
 * Compiles the conversion of a version by its class's `convertTo` and static `convertFrom`. Metadata is carried over
 * (but for labels and annotations, if the function returns some), apiVersion and kind are set, and the result is normalised by the version it is of, which leaves out what that does
 * not know. Whatever goes wrong is a {@link ConversionError} that names both versions.
 */
export function compileConversion(version: ConversionEnd, storage: ConversionEnd): Conversion {
  const { owner } = version;
  const convertTo = prototypeMethod(owner, "convertTo");
  if (convertTo === undefined) {
    throw new Place(owner.name).mistake("a version that is not stored needs a method convertTo()", version.apiVersion);
  }
  if (!isConvertible(owner)) {
    throw new Place(owner.name).mistake(
      "a version that is not stored needs a static convertFrom(stored)",
      version.apiVersion,
    );
  }
  const convertFrom = owner.convertFrom.bind(owner);
  return Object.freeze<Conversion>({
    toStorage: (object) => convert(object, version, storage, (view) => Reflect.apply(convertTo, view, [])),
    fromStorage: (object) => convert(object, storage, version, convertFrom),
  });
}
