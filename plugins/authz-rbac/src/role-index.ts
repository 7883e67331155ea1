import { type KubeObject, rulesOf, type UserInfo } from "@quarterdeck/meta";
import type { ObjectChange } from "@quarterdeck/sdk";
import { CompiledRule } from "./compiled-rule.js";
import type { Grant } from "./grant.js";
import { Grants } from "./grants.js";
import { keysOf, type Subject, subjectsOf } from "./subjects.js";

interface Binding {
  readonly name: string;
  readonly namespace: string;
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly Subject[];
}

/** Bindings of one namespace, or of the cluster, by their names and by those whom they are about. */
class Bindings {
  readonly #byName = new Map<string, Binding>();
  readonly #bySubject = new Map<string, Set<Binding>>();

  set(name: string, binding: Binding | undefined): void {
    const before = this.#byName.get(name);
    for (const { key } of before?.subjects ?? []) {
      const known = before === undefined ? undefined : this.#bySubject.get(key);
      if (before !== undefined) known?.delete(before);
      if (known?.size === 0) this.#bySubject.delete(key);
    }
    this.#byName.delete(name);
    if (binding === undefined) return;
    this.#byName.set(name, binding);
    for (const { key } of binding.subjects) {
      const known = this.#bySubject.get(key);
      if (known === undefined) this.#bySubject.set(key, new Set([binding]));
      else known.add(binding);
    }
  }

  /** Those that are about one of the keys, by name, so that the same one is told each time. */
  about(keys: ReadonlySet<string>): Binding[] {
    const found = new Set<Binding>();
    for (const key of keys) for (const binding of this.#bySubject.get(key) ?? []) found.add(binding);
    return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

const NOTHING = new Grants([], []);

/** A name as upstream's reasons have it: of what is in a namespace, name before namespace. */
function described(binding: Binding, subject: Subject): string {
  const { name, namespace, roleKind, roleName } = binding;
  const what =
    namespace === ""
      ? `ClusterRoleBinding ${JSON.stringify(name)}`
      : `RoleBinding ${JSON.stringify(`${name}/${namespace}`)}`;
  return `${what} of ${roleKind} ${JSON.stringify(roleName)} to ${subject.text}`;
}

/** Roles and bindings as they are, kept ready for the question who holds what. */
export class RoleIndex {
  /** Raised by every change; what was found out under another number may be wrong. */
  generation = 0;
  readonly #clusterRoles = new Map<string, readonly CompiledRule[]>();
  readonly #roles = new Map<string, readonly CompiledRule[]>();
  readonly #clusterBindings = new Bindings();
  readonly #bindings = new Map<string, Bindings>();

  clusterRole({ type, object }: ObjectChange): void {
    this.#role(this.#clusterRoles, object.metadata.name ?? "", type, object);
  }

  role({ type, object }: ObjectChange): void {
    this.#role(this.#roles, `${object.metadata.namespace ?? ""}/${object.metadata.name ?? ""}`, type, object);
  }

  clusterRoleBinding(change: ObjectChange): void {
    this.#bind(this.#clusterBindings, change);
  }

  roleBinding(change: ObjectChange): void {
    const { namespace = "" } = change.object.metadata;
    let bindings = this.#bindings.get(namespace);
    if (bindings === undefined) {
      bindings = new Bindings();
      this.#bindings.set(namespace, bindings);
    }
    this.#bind(bindings, change);
  }

  /** What a user holds by the bindings of a namespace alone, or of the cluster alone when that is empty. */
  grants(user: UserInfo, namespace: string): Grants {
    const bindings = namespace === "" ? this.#clusterBindings : this.#bindings.get(namespace);
    if (bindings === undefined) return NOTHING;
    const keys = keysOf(user);
    const grants: Grant[] = [];
    const errors: string[] = [];
    for (const binding of bindings.about(keys)) {
      const rules = this.#rulesOf(binding);
      const subject = binding.subjects.find(({ key }) => keys.has(key));
      if (typeof rules === "string") errors.push(rules);
      else if (subject !== undefined)
        grants.push(...rules.map((rule) => ({ rule, source: described(binding, subject) })));
    }
    return new Grants(grants, errors);
  }

  /** The rules that a binding gives, or why there are none. */
  #rulesOf({ namespace, roleKind, roleName }: Binding): readonly CompiledRule[] | string {
    const missing = `${roleKind.toLowerCase()}.rbac.authorization.k8s.io ${JSON.stringify(roleName)} not found`;
    if (roleKind === "ClusterRole") return this.#clusterRoles.get(roleName) ?? missing;
    if (roleKind === "Role") return this.#roles.get(`${namespace}/${roleName}`) ?? missing;
    return `unsupported role reference kind: ${JSON.stringify(roleKind)}`;
  }

  #role(
    roles: Map<string, readonly CompiledRule[]>,
    key: string,
    type: ObjectChange["type"],
    object: KubeObject,
  ): void {
    this.generation++;
    if (type === "DELETED") roles.delete(key);
    else
      roles.set(
        key,
        rulesOf(object).map((rule) => new CompiledRule(rule)),
      );
  }

  #bind(bindings: Bindings, { type, object }: ObjectChange): void {
    this.generation++;
    const { name = "", namespace = "" } = object.metadata;
    const { kind = "", name: roleName = "" } = Object(object.roleRef);
    const binding = { name, namespace, roleKind: kind, roleName, subjects: subjectsOf(object) };
    bindings.set(name, type === "DELETED" ? undefined : binding);
  }
}
