// Compacts the facts of Kubernetes' types into this package: `node facts/compact.js <folder of facts>` writes a table of
// each group and version to src/facts/tables, and its types as TypeScript sees them to src/types.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("name the folder of the facts");
const own = join(import.meta.dirname, "../src");

/** Never served: they travel in requests that this server makes, or are told in forms of their own. */
const LEFT_OUT = ["admission-v1", "apidiscovery-v2", "apidiscovery-v2beta1"];

/** Types that JSON or protobuf writes in a form of their own; a table has no use for their fields. */
const SPECIAL = new Map([
  ["meta/v1.Time", "string | null"],
  ["meta/v1.MicroTime", "string | null"],
  ["meta/v1.Duration", "string"],
  ["meta/v1.FieldsV1", "JsonObject"],
  ["api/resource.Quantity", "string"],
  ["util/intstr.IntOrString", "number | string"],
  ["runtime.RawExtension", "JsonObject | null"],
  ["types.UID", "string"],
  ["types.NodeName", "string"],
  ["time.Duration", "number"],
  ["apiextensions/v1.JSON", "JsonValue"],
  ["apiextensions/v1.JSONSchemaPropsOrBool", "JSONSchemaProps | boolean"],
  ["apiextensions/v1.JSONSchemaPropsOrArray", "JSONSchemaProps | JSONSchemaProps[]"],
  ["apiextensions/v1.JSONSchemaPropsOrStringArray", "JSONSchemaProps | string[]"],
]);

const SCALARS = new Map([
  ["string", "string"],
  ["bool", "boolean"],
  ["byte", "number"],
  ["int32", "number"],
  ["int64", "number"],
  ["float64", "number"],
]);

const files = new Map();
for (const file of readdirSync(folder).sort()) {
  const name = file.replace(/\.json$/, "");
  if (LEFT_OUT.includes(name)) continue;
  files.set(name.replace("-", "/"), JSON.parse(readFileSync(join(folder, file), "utf8")));
}

/** Lists of kinds are all alike: ListMeta is 1 and the items are 2. */
function isList(type) {
  return type.fields?.some((field) => field.type === "meta/v1.ListMeta" || field.type === "ListMeta") === true;
}

const first = (field, marker) => field.markers?.[marker]?.[0];

/** Markers of upstream's newer, declarative kind say the same as the older ones. */
function listWords(field) {
  const words = {};
  const listType = first(field, "listType") ?? first(field, "k8s:listType");
  const keys = field.markers?.listMapKey ?? field.markers?.["k8s:listMapKey"];
  if (listType !== undefined) words.l = listType;
  if (keys !== undefined) words.k = keys;
  const mapType = first(field, "mapType") ?? first(field, "structType");
  if (mapType !== undefined) words.m = mapType;
  if (field.patchStrategy !== undefined) words.s = field.patchStrategy;
  if (field.patchMergeKey !== undefined) words.y = field.patchMergeKey;
  const preset = first(field, "default") ?? first(field, "kubebuilder:default");
  if (preset !== undefined) words.d = literal(preset);
  return words;
}

/** Defaults that are named and not said. */
const CONSTANTS = new Map([
  ["ref(AzureSharedBlobDisk)", "Shared"],
  ["ref(AzureDataDiskCachingReadWrite)", "ReadWrite"],
]);

/** A default stands as JSON, as bare text, or as the name of a constant. */
function literal(text) {
  if (CONSTANTS.has(text)) return CONSTANTS.get(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Every type that a kind of these files leads to; the rest describes requests, or nothing that is sent. */
function reachable() {
  const found = new Set();
  const visit = (full) => {
    const at = full.lastIndexOf(".");
    const type = files.get(full.slice(0, at))?.types[full.slice(at + 1)];
    if (type === undefined || found.has(full)) return;
    found.add(full);
    if (SPECIAL.has(full) && !full.startsWith("apiextensions")) return;
    const gv = full.slice(0, at);
    for (const expression of [type.alias ?? "", ...(type.fields ?? []).map((field) => field.type)]) {
      for (const name of expression.match(/[\w./]+/g) ?? []) visit(name.includes(".") ? name : `${gv}.${name}`);
    }
  };
  for (const [gv, { types }] of files) {
    for (const [name, type] of Object.entries(types)) {
      if (type.fields?.some((field) => field.type === "meta/v1.TypeMeta") && !isList(type)) visit(`${gv}.${name}`);
    }
  }
  visit("meta/v1.DeleteOptions");
  return found;
}

function isRequired(field) {
  if (field.optional) return false;
  return field.markers?.required !== undefined || field.markers?.["k8s:required"] !== undefined || !field.omitempty;
}

function compactField(field) {
  const flags = `${field.omitempty ? "o" : ""}${isRequired(field) ? "r" : ""}${field.inline ? "i" : ""}`;
  const words = listWords(field);
  const compact = [field.name, field.proto ?? 0, field.type, flags];
  if (Object.keys(words).length > 0) compact.push(words);
  return compact;
}

/** Kind and apiVersion, which JSON has and protobuf leaves to the envelope. */
function hasTypeMeta(type) {
  return (type.fields ?? []).some((field) => field.type === "meta/v1.TypeMeta" || field.type === "TypeMeta");
}

function compactType(type) {
  if (type.alias !== undefined) {
    const isEnum = type.markers?.enum !== undefined || type.markers?.["k8s:enum"] !== undefined;
    const compact = { a: type.alias };
    if (isEnum && type.enum !== undefined) compact.e = type.enum;
    return compact;
  }
  const compact = {
    f: (type.fields ?? []).filter((field) => !/^(meta\/v1\.)?TypeMeta$/.test(field.type)).map(compactField),
  };
  if (hasTypeMeta(type)) compact.t = true;
  if (type.markers?.structType?.[0] === "atomic") compact.m = "atomic";
  return compact;
}

const constantName = (gv) => gv.replace(/[^a-z0-9]/gi, "_").toUpperCase();
const fileName = (gv) => gv.replace("/", "-");

function writeTable(gv, types) {
  const table = {};
  for (const [name, type] of types) table[name] = compactType(type);
  const { group, version, protoPackage } = files.get(gv);
  const text = JSON.stringify({ group, version, protoPackage, types: table });
  if (text.includes("'")) throw new Error(`${gv} has an apostrophe`);
  const path = join(own, "facts/tables", `${fileName(gv)}.ts`);
  writeFileSync(
    path,
    `// Written by facts/compact.js.\n\n/** The types of ${gv}, as JSON. */\nexport const ${constantName(gv)} =\n  '${text}';\n`,
  );
}

/** The imports of one file of types: the other files by name. */
class TypeFile {
  imports = new Set();
  usesJson = new Set();

  constructor(gv) {
    this.gv = gv;
  }

  reference(name) {
    const full = name.includes(".") ? name : `${this.gv}.${name}`;
    const special = SPECIAL.get(full);
    if (special !== undefined) {
      for (const json of special.match(/Json\w+/g) ?? []) this.usesJson.add(json);
      return special;
    }
    if (!name.includes(".")) return name;
    const [gv, type] = [full.slice(0, full.lastIndexOf(".")), full.slice(full.lastIndexOf(".") + 1)];
    if (gv === this.gv) return type;
    if (files.get(gv)?.types[type] === undefined) throw new Error(`${this.gv} names ${name}, which is not there`);
    this.imports.add(gv);
    return `${alias(gv)}.${type}`;
  }

  type(expression) {
    if (expression.startsWith("*")) return this.type(expression.slice(1));
    if (expression === "[]byte") return "string";
    if (expression.startsWith("[]")) {
      const items = this.type(expression.slice(2));
      return items.includes("|") ? `(${items})[]` : `${items}[]`;
    }
    const map = /^map\[([^\]]+)\](.+)$/.exec(expression);
    if (map !== null) return `{ [key: string]: ${this.type(map[2])} }`;
    return SCALARS.get(expression) ?? this.reference(expression);
  }

  /** What JSON holds once the server has read it: values that are no pointers are there, unless they are left out empty. */
  field(field) {
    const type = this.type(field.type);
    const resolved = resolve(field.type, this.gv);
    const isPointer = field.type.startsWith("*");
    const isCollection = resolved === "collection";
    const isStruct = resolved === "struct";
    const isSet = isPointer && listWords(field).d !== undefined;
    const isOptional = isPointer ? field.omitempty || isSet : field.omitempty && !isStruct;
    const isNull = !field.omitempty && (isCollection || isPointer) && !isSet;
    const bare = isPointer ? type.replace(/ \| null$/, "") : type;
    const name = /^[A-Za-z_]\w*$/.test(field.name) ? field.name : JSON.stringify(field.name);
    return `  ${name}${isOptional ? "?" : ""}: ${bare}${isNull ? " | null" : ""};`;
  }
}

const alias = (gv) => gv.split("/")[0] + (gv.endsWith("/v1") ? "" : gv.split("/")[1].replace(/^v/, "V"));

/** Whether a type is a struct to Go, a list or a map, or a scalar. */
function resolve(expression, gv) {
  if (expression.startsWith("*")) return "pointer";
  if (expression.startsWith("[]") || expression.startsWith("map[")) return "collection";
  if (SCALARS.has(expression)) return "scalar";
  const full = expression.includes(".") ? expression : `${gv}.${expression}`;
  if (/^(types\.|time\.)/.test(full)) return "scalar";
  if (SPECIAL.has(full)) return "struct";
  const [place, name] = [full.slice(0, full.lastIndexOf(".")), full.slice(full.lastIndexOf(".") + 1)];
  const type = files.get(place)?.types[name];
  if (type === undefined) throw new Error(`${gv} names ${expression}, which is not there`);
  return type.alias === undefined ? "struct" : resolve(type.alias, place);
}

function writeTypes(gv, types) {
  const file = new TypeFile(gv);
  const bodies = [];
  for (const [name, type] of types) {
    if (SPECIAL.has(`${gv}.${name}`)) continue;
    if (type.alias !== undefined) {
      bodies.push(`export type ${name} = ${file.type(type.alias)};`);
      continue;
    }
    const fields = (type.fields ?? []).filter(
      (field) => field.type !== "meta/v1.TypeMeta" && field.type !== "TypeMeta",
    );
    const inlined = fields.filter((field) => field.name === "").map((field) => file.type(field.type));
    const own = fields.filter((field) => field.name !== "").map((field) => file.field(field));
    const heritage = inlined.length === 0 ? "" : ` extends ${inlined.join(", ")}`;
    bodies.push(
      own.length === 0
        ? `export type ${name} = ${inlined.join(" & ") || "Record<string, never>"};`
        : `export interface ${name}${heritage} {\n${own.join("\n")}\n}`,
    );
  }
  const imports = [...file.imports].sort().map((one) => `import type * as ${alias(one)} from "./${fileName(one)}.js";`);
  if (file.usesJson.size > 0) {
    imports.unshift(`import type { ${[...file.usesJson].sort().join(", ")} } from "@quarterdeck/meta";`);
  }
  const head = `// Written by facts/compact.js: the types of ${gv} as the server has them once it has read them.\n\n`;
  const text = `${head}${imports.length === 0 ? "" : `${imports.join("\n")}\n\n`}${bodies.join("\n\n")}\n`;
  writeFileSync(join(own, "types", `${fileName(gv)}.ts`), text);
}

for (const folder of ["facts/tables", "types"]) {
  for (const file of readdirSync(join(own, folder))) rmSync(join(own, folder, file));
}
const wanted = reachable();
for (const [gv, { types }] of [...files]) {
  const kept = Object.entries(types).filter(([name]) => wanted.has(`${gv}.${name}`));
  if (kept.length === 0) {
    files.delete(gv);
    continue;
  }
  writeTable(gv, kept);
  writeTypes(gv, kept);
}
const names = [...files.keys()];
writeFileSync(
  join(own, "facts/tables/tables.ts"),
  `// Written by facts/compact.js.\n\n${names.map((gv) => `import { ${constantName(gv)} } from "./${fileName(gv)}.js";`).join("\n")}\n\n/** The table of each group and version, by the name that facts have for it. */\nexport const TABLES: ReadonlyMap<string, string> = new Map([\n${names.map((gv) => `  ["${gv}", ${constantName(gv)}],`).join("\n")}\n]);\n`,
);
