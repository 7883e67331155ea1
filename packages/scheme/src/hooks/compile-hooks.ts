import type { KubeObject } from "@quarterdeck/meta";
import type { Constructor, ReadObjects, WriteEnd } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import type { HookDescriptor } from "../descriptor/resource-descriptor.js";
import { copyBack, plainFields, prototypeMethod, viewAs } from "./instance-view.js";

type HookName = keyof HookDescriptor;

function hookMethod(owner: Constructor, name: HookName): ((...input: never[]) => unknown) | undefined {
  const method = prototypeMethod(owner, name);
  // Nobody would wait for it: what it finds would be lost, and so would its error.
  if (method?.constructor.name === "AsyncFunction")
    throw new Place(owner.name, name).mistake("a hook must not be async");
  return method;
}

/** A hook that may change the object. */
function mutating(owner: Constructor, name: HookName): ((object: KubeObject, ...rest: unknown[]) => void) | undefined {
  const method = hookMethod(owner, name);
  if (method === undefined) return undefined;
  return (object, ...rest) => {
    const view = viewAs(owner, object);
    Reflect.apply(method, view, rest);
    copyBack(view, object);
  };
}

/** A hook that only looks. */
function looking(owner: Constructor, name: HookName): ((object: KubeObject, ...rest: unknown[]) => void) | undefined {
  const method = hookMethod(owner, name);
  if (method === undefined) return undefined;
  return (object, ...rest) => {
    Reflect.apply(method, viewAs(owner, object), rest);
  };
}

/** The grace that the class gives its objects. */
function graceful(owner: Constructor): HookDescriptor["gracePeriod"] {
  const method = hookMethod(owner, "gracePeriod");
  if (method === undefined) return undefined;
  return (object, asked) => {
    const seconds: unknown = Reflect.apply(method, viewAs(owner, object), [asked]);
    return typeof seconds === "number" ? seconds : undefined;
  };
}

/** The names that the class says keep an object of its own. */
function holding(owner: Constructor): HookDescriptor["heldBy"] {
  const method = hookMethod(owner, "heldBy");
  if (method === undefined) return undefined;
  return (object) => {
    const names: unknown = Reflect.apply(method, viewAs(owner, object), []);
    return Array.isArray(names) ? names : [];
  };
}

/** The class's word on who may write what. */
function authorizing(owner: Constructor): HookDescriptor["authorize"] {
  const method = prototypeMethod(owner, "authorize");
  if (method === undefined) return undefined;
  return (object, old, context) => {
    const before = old === undefined ? undefined : viewAs(owner, old);
    const pending: unknown = Reflect.apply(method, viewAs(owner, object), [before, context]);
    return pending instanceof Promise ? pending : undefined;
  };
}

function isWriteEnd(value: unknown): value is WriteEnd {
  return typeof value === "object" && value !== null && "end" in value && typeof value.end === "function";
}

/** What the class does before a write, which changes the object. */
function beginning(owner: Constructor): HookDescriptor["begin"] {
  const method = prototypeMethod(owner, "begin");
  if (method === undefined) return undefined;
  return async (object, old, context) => {
    const view = viewAs(owner, object);
    const before = old === undefined ? undefined : viewAs(owner, old);
    const end: unknown = await Reflect.apply(method, view, [before, context]);
    copyBack(view, object);
    return isWriteEnd(end) ? end : undefined;
  };
}

/** What the class does once an object is gone. */
function ending(owner: Constructor): HookDescriptor["afterDelete"] {
  const method = prototypeMethod(owner, "afterDelete");
  if (method === undefined) return undefined;
  return async (object, context) => {
    await Reflect.apply(method, viewAs(owner, object), [context]);
  };
}

/** What the class answers instead of storing. */
function answering(owner: Constructor): HookDescriptor["answer"] {
  const method = prototypeMethod(owner, "answer");
  if (method === undefined) return undefined;
  return async (object, context) => {
    const answer: unknown = await Reflect.apply(method, viewAs(owner, object), [context]);
    return typeof answer === "object" && answer !== null ? plainFields(answer) : {};
  };
}

function isReadObjects(owner: object): owner is ReadObjects {
  return typeof Reflect.get(owner, "readObjects") === "function";
}

/** What the class makes when it is read instead of storing. */
function reading(owner: Constructor): HookDescriptor["readObjects"] {
  if (!isReadObjects(owner)) return undefined;
  return async (services) => owner.readObjects(services);
}

/** The hooks of a class as plain functions over JSON objects. */
export function compileHooks(owner: Constructor): HookDescriptor {
  const prepareForUpdate = mutating(owner, "prepareForUpdate");
  const prepareForPartUpdate = mutating(owner, "prepareForPartUpdate");
  const validateUpdate = looking(owner, "validateUpdate");
  return Object.freeze<HookDescriptor>({
    default: mutating(owner, "default"),
    begin: beginning(owner),
    prepareForCreate: mutating(owner, "prepareForCreate"),
    prepareForUpdate:
      prepareForUpdate && ((object, old, context) => prepareForUpdate(object, viewAs(owner, old), context)),
    prepareForPartUpdate:
      prepareForPartUpdate && ((object, old, context) => prepareForPartUpdate(object, viewAs(owner, old), context)),
    validate: looking(owner, "validate"),
    validateUpdate:
      validateUpdate && ((object, old, errors, context) => validateUpdate(object, viewAs(owner, old), errors, context)),
    prepareForDelete: mutating(owner, "prepareForDelete"),
    gracePeriod: graceful(owner),
    afterDelete: ending(owner),
    heldBy: holding(owner),
    authorize: authorizing(owner),
    answer: answering(owner),
    readObjects: reading(owner),
  });
}
