import { FieldErrors, type JsonObject, type KubeObject } from "@quarterdeck/meta";
import { compileResources, type ResourceDescriptor, type VersionDescriptor } from "@quarterdeck/scheme";
import { type Constructor, type HookContext, resourceRecord } from "@quarterdeck/sdk";

/** What a hook is given in these tests. */
export const context: HookContext = {
  operation: "UPDATE",
  dryRun: false,
  user: { name: "ann", groups: [] },
  services: { provide() {}, find: () => undefined },
  warn() {},
};

/** A class as the server sees it. */
export class Compiled {
  readonly descriptor: ResourceDescriptor;
  readonly version: VersionDescriptor;

  /** Of a version that is not stored, `stored` is the class of the one that is. */
  constructor(owner: Constructor, stored?: Constructor) {
    const owners = stored === undefined ? [owner] : [stored, owner];
    const { group, version: name = "" } = resourceRecord(owner) ?? {};
    const compiled = compileResources(owners, { runtimeConfig: {}, sourceOf: () => "test" });
    const descriptor = compiled.find((one) => one.group === group);
    const version = descriptor?.versions.get(name);
    if (descriptor === undefined || version === undefined) throw new Error("nothing was compiled");
    this.descriptor = descriptor;
    this.version = version;
  }

  /** An object with its fields in order and defaults filled in, those of the class too. */
  object(fields: JsonObject, metadata: KubeObject["metadata"] = { name: "a", namespace: "demo" }): KubeObject {
    const report = { unknown: [], errors: new FieldErrors() };
    const normal = this.version.normaliser.normalise(fields, report);
    if (!report.errors.empty) throw new Error(JSON.stringify(report.errors.list));
    const { apiVersion, kind, hooks } = this.version;
    const object: KubeObject = { ...normal, apiVersion, kind, metadata };
    hooks.default?.(object);
    return object;
  }

  /** What is wrong with an object, schema first, as a create tells it: `field: message`. */
  problems(object: KubeObject, over: Partial<HookContext> = {}): string[] {
    const errors = new FieldErrors();
    this.version.normaliser.validate(object, errors);
    this.version.hooks.validate?.(object, errors, { ...context, operation: "CREATE", ...over });
    return errors.list.map(({ field, message }) => `${field}: ${message}`);
  }

  /** What is wrong with an update from `old`. */
  updateProblems(object: KubeObject, old: KubeObject, over: Partial<HookContext> = {}): string[] {
    const errors = new FieldErrors();
    this.version.hooks.validateUpdate?.(object, old, errors, { ...context, ...over });
    return errors.list.map(({ field, message }) => `${field}: ${message}`);
  }

  /** The columns that `kubectl get` shows, without those of `-o wide`, or all of them. */
  columns(wide = false): string[] {
    return this.version.columns.filter(({ priority }) => wide || priority === 0).map(({ name }) => name);
  }

  /** The cell of a column. */
  cell(name: string, object: KubeObject): string | number | boolean | null | undefined {
    return this.version.columns.find((column) => column.name === name)?.cell(object);
  }
}
