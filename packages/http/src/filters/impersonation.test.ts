import type { UserInfo } from "@quarterdeck/meta";
import type { AuthorizationAttributes } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { ImpersonationMetrics } from "../impersonation/impersonation-metrics.js";
import { MetricRegistry } from "../metrics/metric-registry.js";
import type { ServerContext } from "../request/server-context.js";
import { Authorizers } from "./authorizers.js";
import { Impersonation } from "./impersonation.js";

/** `verb resource[.group][/subresource] [namespace/]name` */
function describeQuestion(asked: AuthorizationAttributes): string {
  const group = asked.apiGroup === "" ? "" : `.${asked.apiGroup}`;
  const below = asked.subresource === "" ? "" : `/${asked.subresource}`;
  const space = asked.namespace === "" ? "" : `${asked.namespace}/`;
  return `${asked.verb} ${asked.resource}${group}${below} ${space}${asked.name}`.trim();
}

const PATH = "/api/v1/namespaces/default/configmaps/a";
const OWN = "get configmaps default/a";

class Trial {
  readonly questions: string[] = [];
  readonly shown: UserInfo[] = [];
  readonly metrics = new MetricRegistry();
  readonly filter: Impersonation;

  /** Allows what a pattern matches. */
  constructor(allowed: RegExp, asynchronous = false) {
    const authorizer = {
      authorize: (asked: AuthorizationAttributes) => {
        const question = describeQuestion(asked);
        this.questions.push(question);
        this.shown.push(asked.user);
        const decision = allowed.test(question) ? ("allow" as const) : ("no-opinion" as const);
        return asynchronous ? Promise.resolve({ decision }) : { decision };
      },
    };
    const authorizers = new Authorizers([{ name: "trial", authorizer }], new SilentLogger());
    this.filter = new Impersonation(authorizers, new ImpersonationMetrics(this.metrics), new SilentLogger());
  }

  /** The context as it stood behind the filter; undefined when nothing did. Rejects with a refusal. */
  async run(
    headers: readonly (readonly [string, string])[],
    user: UserInfo = { name: "bob", groups: [] },
  ): Promise<ServerContext | undefined> {
    const context = fakeContext({ url: PATH });
    context.req.rawHeaders.push(...headers.flat());
    for (const [name, value] of headers) {
      const key = name.toLowerCase();
      const before = context.req.headers[key];
      context.req.headers[key] = before === undefined ? value : `${String(before)}, ${value}`;
    }
    context.state.user = user;
    let behind: ServerContext | undefined;
    await (async () =>
      this.filter.handle(context, async () => {
        behind = context;
      }))();
    return behind;
  }
}

describe("impersonation", () => {
  it("passes a request on that asks for nobody", async () => {
    const trial = new Trial(/./);
    const context = await trial.run([["Accept", "*/*"]]);
    expect(context?.state.user.name).toBe("bob");
    expect(context?.state.impersonator).toBeUndefined();
    expect(trial.questions).toEqual([]);
  });

  it("goes on as the user with system:authenticated, and takes the headers off", async () => {
    const trial = new Trial(/^impersonate users/);
    const context = await trial.run([
      ["Impersonate-User", "alice"],
      ["Accept", "*/*"],
    ]);
    expect(context?.state.user).toEqual({ name: "alice", groups: ["system:authenticated"] });
    expect(context?.state.impersonator?.name).toBe("bob");
    expect(context?.state.impersonationConstraint).toBeUndefined();
    expect(context?.req.headers).toEqual({ accept: "*/*" });
    expect(context?.req.rawHeaders).toEqual(["Accept", "*/*"]);
    expect(context?.res.hasHeader("x-content-type-options")).toBe(false);
  });

  it("asks for each group, the uid and each value of extra; commas part no group", async () => {
    const trial = new Trial(/^impersonate (?!-on)/);
    const context = await trial.run([
      ["Impersonate-User", "alice"],
      ["Impersonate-Group", "devs, ops"],
      ["Impersonate-Group", "system:masters"],
      ["Impersonate-Uid", "7"],
      ["Impersonate-Extra-Acme.com%2fproject", "one"],
      ["Impersonate-Extra-acme.com%2Fproject", "two"],
    ]);
    expect(context?.state.user).toEqual({
      name: "alice",
      uid: "7",
      groups: ["devs, ops", "system:masters", "system:authenticated"],
      extra: { "acme.com/project": ["one", "two"] },
    });
    expect(trial.questions.filter((one) => one.startsWith("impersonate "))).toEqual([
      "impersonate users alice",
      "impersonate uids.authentication.k8s.io 7",
      "impersonate groups devs, ops",
      "impersonate groups system:masters",
      "impersonate userextras.authentication.k8s.io/acme.com/project one",
      "impersonate userextras.authentication.k8s.io/acme.com/project two",
    ]);
  });

  it.each([
    [["Impersonate-Group", "devs"], 'Groups:[]string{"devs"}, Extra:map[string][]string(nil)}'],
    [["Impersonate-Uid", "7"], 'UID:"7", Groups:[]string(nil), Extra:map[string][]string(nil)}'],
    [["Impersonate-Extra-Scopes", "view"], 'Extra:map[string][]string{"scopes":[]string{"view"}}}'],
  ] as const)("answers 400 to %s without a user", async (header, text) => {
    await expect(new Trial(/./).run([header])).rejects.toMatchObject({
      code: 400,
      message: expect.stringMatching(/^requested &user\.DefaultInfo\{Name:"", .* without impersonating a user name$/),
    });
    await expect(new Trial(/./).run([header])).rejects.toThrow(text);
  });

  it("refuses with what the first mode lacks", async () => {
    const trial = new Trial(/^nothing$/);
    await expect(trial.run([["Impersonate-User", "alice"]])).rejects.toMatchObject({
      code: 403,
      message:
        'configmaps "a" is forbidden: User "bob" cannot impersonate-on:user-info:get resource "configmaps" in API group "" in the namespace "default"',
    });
    expect(await trial.metrics.render()).toContain(
      'apiserver_impersonation_attempts_total{mode="",decision="denied"} 1\n',
    );
  });

  it("refuses a group that the caller has no right to, though the user is allowed", async () => {
    const trial = new Trial(/^impersonate users/);
    await expect(
      trial.run([
        ["Impersonate-User", "alice"],
        ["Impersonate-Group", "system:masters"],
      ]),
    ).rejects.toMatchObject({ code: 403 });
    expect(trial.questions.at(-1)).toBe("impersonate groups system:masters");
  });

  it("knows service accounts by their name and gives them their groups", async () => {
    const trial = new Trial(/^impersonate serviceaccounts kube-system\/builder$/);
    const context = await trial.run([["Impersonate-User", "system:serviceaccount:kube-system:builder"]]);
    expect(context?.state.user.groups).toEqual([
      "system:serviceaccounts",
      "system:serviceaccounts:kube-system",
      "system:authenticated",
    ]);
  });

  it.each([
    [[], ["system:unauthenticated"]],
    [[["Impersonate-Group", "system:unauthenticated"]], ["system:unauthenticated"]],
  ] as const)("leaves system:authenticated away from anonymous", async (more, groups) => {
    const context = await new Trial(/^impersonate /).run([["Impersonate-User", "system:anonymous"], ...more]);
    expect(context?.state.user.groups).toEqual(groups);
  });

  it("gives the same object for the same user", async () => {
    const trial = new Trial(/^impersonate /);
    const first = await trial.run([["Impersonate-User", "alice"]]);
    expect((await trial.run([["Impersonate-User", "alice"]]))?.state.user).toBe(first?.state.user);
  });

  it("waits for authorizers that have to ask elsewhere", async () => {
    const context = await new Trial(/^impersonate /, true).run([["Impersonate-User", "alice"]]);
    expect(context?.state.user.name).toBe("alice");
  });
});

describe("constrained impersonation", () => {
  it("needs the right to the user and to the verb, and remembers the one to the user", async () => {
    const trial = new Trial(/^impersonate(:user-info users|-on:user-info:get configmaps)/);
    const context = await trial.run([["Impersonate-User", "alice"]]);
    expect(context?.state.user).toEqual({ name: "alice", groups: ["system:authenticated"] });
    expect(context?.state.impersonationConstraint).toBe("impersonate:user-info");
    await trial.run([["Impersonate-User", "alice"]]);
    const verb = `impersonate-on:user-info:${OWN}`;
    expect(trial.questions).toEqual([verb, "impersonate:user-info users.authentication.k8s.io alice", verb]);
    expect(await trial.metrics.render()).toContain(
      'apiserver_impersonation_attempts_total{mode="user-info",decision="allowed"} 2\n',
    );
  });

  it("does not remember for another caller", async () => {
    const trial = new Trial(/^impersonate(:|-on:)user-info/);
    await trial.run([["Impersonate-User", "alice"]]);
    await trial.run([["Impersonate-User", "alice"]], { name: "mallory", groups: [] });
    expect(trial.questions.filter((one) => one.startsWith("impersonate:user-info"))).toHaveLength(2);
  });

  it.each(["impersonate:user-info", "impersonate-on:user-info"])("is not enough with %s alone", async (verb) => {
    const trial = new Trial(new RegExp(`^${verb}[ :]`));
    await expect(trial.run([["Impersonate-User", "alice"]])).rejects.toMatchObject({ code: 403 });
  });

  it.each([
    ["system:masters", "impersonating the system:masters group is not allowed"],
    ["", "impersonating the empty string group is not allowed"],
  ])("never lets the group %j through", async (group, why) => {
    const trial = new Trial(/^impersonate[:-]/);
    const headers = [
      ["Impersonate-User", "alice"],
      ["Impersonate-Group", group],
    ] as const;
    await expect(trial.run(headers)).rejects.toThrow(why);
  });

  it.each([
    ["Impersonate-Extra-plain", "impersonating an invalid key in extra is not allowed"],
    ["Impersonate-Extra-acme.com%2F%C3%84", "impersonating an invalid key in extra is not allowed"],
  ])("takes over no extra as %s", async (name, why) => {
    const headers = [
      ["Impersonate-User", "alice"],
      [name, "x"],
    ] as const;
    await expect(new Trial(/^impersonate[:-]/).run(headers)).rejects.toThrow(why);
  });

  it("asks for all of many groups at once", async () => {
    const trial = new Trial(/^impersonate(-on:|:user-info (users|groups)\S* (alice|\*)$)/);
    const groups = ["a", "b", "c", "d"].map((name) => ["Impersonate-Group", name] as const);
    const context = await trial.run([["Impersonate-User", "alice"], ...groups]);
    expect(context?.state.user.groups).toEqual(["a", "b", "c", "d", "system:authenticated"]);
    expect(trial.questions.at(-1)).toBe("impersonate:user-info groups.authentication.k8s.io *");
  });

  it("lets service accounts act as the node that they run on", async () => {
    const trial = new Trial(/associated-node/);
    const agent: UserInfo = {
      name: "system:serviceaccount:kube-system:agent",
      groups: [],
      extra: { "authentication.kubernetes.io/node-name": ["n1"], "authentication.kubernetes.io/pod-name": ["p"] },
    };
    const context = await trial.run([["Impersonate-User", "system:node:n1"]], agent);
    expect(context?.state.user).toEqual({ name: "system:node:n1", groups: ["system:nodes", "system:authenticated"] });
    expect(trial.questions).toEqual([
      `impersonate-on:associated-node:${OWN}`,
      "impersonate:associated-node nodes.authentication.k8s.io *",
    ]);
    expect(trial.shown[0]?.extra).toEqual({
      "authentication.kubernetes.io/associated-node-keys": [
        "authentication.kubernetes.io/node-name",
        "authentication.kubernetes.io/pod-name",
      ],
    });
    await expect(trial.run([["Impersonate-User", "system:node:n2"]], agent)).rejects.toMatchObject({ code: 403 });
  });

  it("has modes of their own for nodes and service accounts", async () => {
    const node = await new Trial(/arbitrary-node/).run([["Impersonate-User", "system:node:n2"]]);
    expect(node?.state.impersonationConstraint).toBe("impersonate:arbitrary-node");
    const account = await new Trial(/:serviceaccount/).run([["Impersonate-User", "system:serviceaccount:a:b"]]);
    expect(account?.state.impersonationConstraint).toBe("impersonate:serviceaccount");
    await expect(new Trial(/user-info/).run([["Impersonate-User", "system:serviceaccount:a:b"]])).rejects.toMatchObject(
      { code: 403 },
    );
  });
});
