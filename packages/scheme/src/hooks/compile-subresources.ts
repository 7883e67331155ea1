import { type GroupVersion, isJsonObject, type JsonObject, type KubeObject, parseApiVersion } from "@quarterdeck/meta";
import {
  type Constructor,
  type MessageShape,
  messageRecord,
  type SubresourceContext,
  type SubresourceRecord,
  structureRecord,
  subresourceRecords,
} from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import { deepFreeze } from "../descriptor/deep-freeze.js";
import type { ConnectDescriptor, SubresourceDescriptor } from "../descriptor/resource-descriptor.js";
import { isKind, isLetterLabel } from "../descriptor/resource-names.js";
import { cloneObject } from "../normalise/clone-json.js";
import { compileNormaliser } from "../normalise/compile-normaliser.js";
import { lazyNormaliser } from "../normalise/lazy-normaliser.js";
import { compileClassSchema, hasFields } from "../schema/class-schema.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { copyBack, plainFields, prototypeMethod, viewAs } from "./instance-view.js";

const VERBS: readonly string[] = ["create", "get", "update", "patch", "delete"];
/** What takes no input of a class. */
const CONNECTED_VERBS: readonly string[] = ["patch", "delete"];
const RESERVED: readonly string[] = ["status", "scale"];
/** What the registry reads of a body itself. */
const TYPE_FIELDS: readonly string[] = ["apiVersion", "kind", "metadata"];

/** A subresource method that returned neither `this` nor an object. */
export class SubresourceResultError extends Error {
  override readonly name = "SubresourceResultError";
}

/** True for a class that says what its objects look like. */
function describes(value: unknown): value is Constructor {
  return hasFields(value) || (typeof value === "function" && isStructured(value));
}

function isStructured(value: object): value is Constructor {
  return structureRecord(value) !== undefined;
}

/** What is known of the body: at once, or when it is first needed where a structure says it. */
interface InputBody extends Pick<SubresourceDescriptor, "inputNormaliser"> {
  schema(): StructuralSchema | undefined;
  message(): MessageShape | undefined;
}

function compileInput(input: Constructor | undefined, place: Place): InputBody {
  if (input === undefined) return { schema: () => undefined, message: () => undefined, inputNormaliser: undefined };
  const structure = structureRecord(input);
  if (structure !== undefined) {
    const { make } = structure;
    const inputNormaliser = lazyNormaliser(() => make().schema, "value");
    return { schema: () => make().schema, message: () => make().message, inputNormaliser };
  }
  const schema = deepFreeze(structuredClone(compileClassSchema(input)));
  const typed = Object.keys(schema.properties ?? {}).find((name) => TYPE_FIELDS.includes(name));
  if (typed !== undefined) throw place.mistake("every body may have this field, so the input class must not", typed);
  const message = messageRecord(input);
  return { schema: () => schema, message: () => message?.(), inputNormaliser: compileNormaliser(schema) };
}

function inputClass(record: SubresourceRecord, place: Place): Constructor | undefined {
  const named: unknown = record.input?.();
  if (record.input !== undefined && !describes(named))
    throw place.mistake("input must name a class with fields", named ?? "nothing");
  const input = describes(named) ? named : record.designParameters[0];
  return describes(input) ? input : undefined;
}

function check(record: SubresourceRecord, place: Place): void {
  const { name, verbs, kind, connect } = record;
  if (typeof name !== "string" || !isLetterLabel(name))
    throw place.mistake("the name must be a lowercase DNS label", name);
  if (RESERVED.includes(name)) throw place.mistake(`@Status and @Scale make this subresource`, name);
  if (verbs.length === 0) throw place.mistake("a subresource needs a verb");
  if (kind !== undefined && !isKind(kind)) throw place.mistake("the kind must be in CamelCase", kind);
  for (const verb of verbs) {
    if (!VERBS.includes(verb)) throw place.mistake("unknown verb", verb, VERBS);
    if (connect === undefined && CONNECTED_VERBS.includes(verb))
      throw place.mistake("only a subresource that is connected to has this verb", verb);
  }
}

function inputVersion({ apiVersion }: SubresourceRecord, place: Place): GroupVersion | undefined {
  if (apiVersion === undefined) return undefined;
  const parsed = parseApiVersion(apiVersion);
  if (parsed === undefined) throw place.mistake("the apiVersion must be group/version or version", apiVersion);
  return Object.freeze(parsed);
}

type Run = SubresourceDescriptor["run"];

function compileRun(owner: Constructor, method: string, input: Constructor | undefined): Run {
  const handler = prototypeMethod(owner, method);
  return async (object: KubeObject, body: JsonObject, context: SubresourceContext) => {
    const copy: object = cloneObject(plainFields(object));
    const view = viewAs(owner, copy);
    const argument = input === undefined ? body : viewAs(input, body);
    const result: unknown = handler === undefined ? undefined : await Reflect.apply(handler, view, [argument, context]);
    if (result === view) {
      const store: KubeObject = { ...object };
      copyBack(plainFields(view), store);
      return { store };
    }
    if (!isJsonObject(result))
      throw new SubresourceResultError(`${owner.name}.${method} must return this or an object`);
    return { answer: plainFields(result) };
  };
}

function compileConnect(
  owner: Constructor,
  record: SubresourceRecord,
  input: Constructor | undefined,
  kind: string,
): ConnectDescriptor | undefined {
  const { connect: mode, method } = record;
  if (mode === undefined) return undefined;
  const handler = prototypeMethod(owner, method);
  return Object.freeze<ConnectDescriptor>({
    mode,
    optionsKind: input?.name ?? record.kind ?? kind,
    async open(object, options, context) {
      const view = viewAs(owner, cloneObject(plainFields(object)));
      const argument = input === undefined ? options : viewAs(input, options);
      const answer: unknown = await (handler && Reflect.apply(handler, view, [argument, context]));
      if (answer === undefined) return undefined;
      if (!isJsonObject(answer))
        throw new SubresourceResultError(`${owner.name}.${method} must return nothing or an object`);
      return plainFields(answer);
    },
  });
}

function compileSubresource(owner: Constructor, record: SubresourceRecord, kind: string): SubresourceDescriptor {
  const place = new Place(owner.name, `@Subresource(${JSON.stringify(record.name)})`);
  check(record, place);
  const input = inputClass(record, place);
  const body = compileInput(input, place);
  return Object.freeze<SubresourceDescriptor>({
    name: record.name,
    verbs: Object.freeze([...record.verbs]),
    inputKind: record.kind ?? input?.name ?? kind,
    inputVersion: inputVersion(record, place),
    get inputSchema() {
      return body.schema();
    },
    get inputMessage() {
      return body.message();
    },
    inputNormaliser: body.inputNormaliser,
    run: compileRun(owner, record.method, input),
    connect: compileConnect(owner, record, input, kind),
    direct: record.direct,
  });
}

/** The custom subresources of a class by name. */
export function compileSubresources(owner: Constructor, kind: string): ReadonlyMap<string, SubresourceDescriptor> {
  const subresources = new Map<string, SubresourceDescriptor>();
  const byMethod = new Map(subresourceRecords(owner).map((record) => [record.method, record]));
  for (const record of byMethod.values()) {
    if (subresources.has(record.name)) {
      throw new Place(owner.name, "@Subresource").mistake("two methods serve one subresource", record.name);
    }
    subresources.set(record.name, compileSubresource(owner, record, kind));
  }
  return subresources;
}
