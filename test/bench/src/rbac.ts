import rbac from "@quarterdeck/authz-rbac";
import type { KubeObject, UserInfo } from "@quarterdeck/meta";
import { type AuthorizationAttributes, Client, type Lister, Logger, type ObjectChange } from "@quarterdeck/sdk";
import { interleaveAll, type Line } from "./measure.js";

const ROLES = 100;
const BINDINGS = 500;
const DECISIONS = 100_000;
const GROUP = "rbac.authorization.k8s.io";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

/** Decisions write nothing. */
class NoClient extends Client {
  resource(): never {
    throw new Error("nothing is written here");
  }
  as(): this {
    return this;
  }
  within(): this {
    return this;
  }
  transaction(): never {
    throw new Error("nothing is written here");
  }
}

/** A lister of what there is, whose observer hears of it again and again. */
class Fixed implements Lister {
  #tell: (change: ObjectChange) => void = () => {};

  constructor(private readonly objects: readonly KubeObject[]) {}

  get = (): undefined => undefined;
  list = (): readonly KubeObject[] => this.objects;
  getFresh = async (): Promise<undefined> => undefined;

  observe(onChange: (change: ObjectChange) => void): () => void {
    this.#tell = onChange;
    for (const object of this.objects) onChange({ type: "ADDED", object });
    return () => {};
  }

  touch(): void {
    const [object] = this.objects;
    if (object !== undefined) this.#tell({ type: "MODIFIED", object });
  }
}

function objectOf(kind: string, name: string, fields: object): KubeObject {
  return { apiVersion: `${GROUP}/v1`, kind, metadata: { name }, ...fields };
}

const user: UserInfo = Object.freeze({ name: "ann", groups: Object.freeze(["bench", "system:authenticated"]) });

function question(name: string): AuthorizationAttributes {
  const about = { apiGroup: "", apiVersion: "v1", resource: "configmaps", subresource: "", namespace: "default", name };
  const rest = { isResourceRequest: true, path: "", fieldSelector: "", labelSelector: "" };
  return { user, verb: "get", ...about, ...rest };
}

/** Microseconds of one call. */
function each(count: number, call: (index: number) => void): () => Promise<number> {
  return async () => {
    const started = performance.now();
    for (let index = 0; index < count; index += 1) call(index);
    return ((performance.now() - started) * 1000) / count;
  };
}

/** What a decision costs with many roles and bindings, of which one in ten is about the user who asks. */
export async function benchRbac(rounds: number): Promise<readonly Line[]> {
  const roles = Array.from({ length: ROLES }, (_, index) =>
    objectOf("ClusterRole", `r${index}`, {
      rules: [
        { verbs: ["get"], apiGroups: [""], resources: [index === 90 ? "configmaps" : `things${index}`] },
        { verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: [`only-${index}`] },
      ],
    }),
  );
  const bindings = Array.from({ length: BINDINGS }, (_, index) =>
    objectOf("ClusterRoleBinding", `b${index}`, {
      roleRef: { apiGroup: GROUP, kind: "ClusterRole", name: `r${index % ROLES}` },
      subjects: [{ kind: "Group", apiGroup: GROUP, name: index % 10 === 0 ? "bench" : `group-${index}` }],
    }),
  );
  const clusterRoles = new Fixed(roles);
  const none = new Fixed([]);
  const { plugin: Rbac } = rbac;
  const options = { bootstrapPolicy: false };
  const authorizer = new Rbac(options, clusterRoles, new Fixed(bindings), none, none, new NoClient(), new Silent());
  const decide = (attributes: AuthorizationAttributes): void => {
    if (authorizer.authorize(attributes).decision !== "allow") throw new Error("it was not allowed");
  };
  const known = question("known");
  const fresh = Array.from({ length: DECISIONS }, (_, index) => question(`n${index}`));
  const least = new Map([["get\n\nconfigmaps\n\ndefault\nknown", true]]);
  const floor = each(DECISIONS, () => {
    const { verb, apiGroup, resource, subresource, namespace, name } = known;
    const key = `${verb}\n${apiGroup}\n${resource}\n${subresource}\n${namespace}\n${name}`;
    if (least.get(key) !== true) throw new Error("it was not there");
  });
  const line = (what: string, wanted: string) => ({ what: `rbac: ${what}, against one look-up`, unit: "µs", wanted });
  return interleaveAll(rounds, floor, [
    [line("a decision that is remembered", "< 5 µs"), each(DECISIONS, () => decide(known))],
    [
      line("a decision on another object each time", "< 5 µs"),
      each(DECISIONS, (index) => decide(fresh[index] ?? known)),
    ],
    [
      line("the first decision after a change of a role", "—"),
      each(DECISIONS / 100, () => {
        clusterRoles.touch();
        decide(known);
      }),
    ],
  ]);
}
