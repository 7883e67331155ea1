import type { AuthorizationAttributes, AuthorizationDecision, Authorizer, Lifecycle } from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** An authorizer under test, with questions whose answer is known. */
export interface AuthorizerContractOptions {
  readonly name: string;
  create(): (Authorizer & Lifecycle) | Promise<Authorizer & Lifecycle>;
  readonly allows: readonly AuthorizationAttributes[];
  /** Questions that it does not allow: it denies them or has no opinion. */
  readonly withholds: readonly AuthorizationAttributes[];
}

/** Attributes for a test: an ordinary user gets the configmap `default/sample`, changed by what is given. */
export function authorizationAttributes(changes: Partial<AuthorizationAttributes> = {}): AuthorizationAttributes {
  return {
    user: { name: "tester", groups: ["system:authenticated"] },
    verb: "get",
    isResourceRequest: true,
    apiGroup: "",
    apiVersion: "v1",
    namespace: "default",
    resource: "configmaps",
    subresource: "",
    name: "sample",
    path: "/api/v1/namespaces/default/configmaps/sample",
    fieldSelector: "",
    labelSelector: "",
    ...changes,
  };
}

function frozen(attributes: AuthorizationAttributes): AuthorizationAttributes {
  return Object.freeze({
    ...attributes,
    user: Object.freeze({ ...attributes.user, groups: Object.freeze([...attributes.user.groups]) }),
  });
}

/** The suite that every authorizer passes: call it at the top of a vitest file. */
export function authorizerContract(options: AuthorizerContractOptions): void {
  describe(`${options.name} keeps the authorizer contract`, () => {
    let plugin: Authorizer & Lifecycle;
    beforeAll(async () => {
      plugin = await options.create();
      await plugin.start?.();
    });
    afterAll(() => plugin.stop?.());

    const ask = async (attributes: AuthorizationAttributes): Promise<AuthorizationDecision> =>
      plugin.authorize(frozen(attributes));

    it.each(options.allows.map((one, index) => [index, one] as const))(
      "allows question %i",
      async (_index, attributes) => {
        expect((await ask(attributes)).decision).toBe("allow");
      },
    );

    it.each(options.withholds.map((one, index) => [index, one] as const))(
      "does not allow question %i",
      async (_index, attributes) => {
        expect(["deny", "no-opinion"]).toContain((await ask(attributes)).decision);
      },
    );

    it("answers questions about resources and paths, and gives a reason as text or not at all", async () => {
      const questions = [
        authorizationAttributes(),
        authorizationAttributes({ namespace: "", resource: "namespaces", name: "__proto__" }),
        authorizationAttributes({
          isResourceRequest: false,
          apiVersion: "",
          namespace: "",
          resource: "",
          name: "",
          path: "/metrics",
        }),
        authorizationAttributes({ user: { name: "", groups: [] } }),
      ];
      for (const question of questions) {
        const { decision, reason } = await ask(question);
        expect(["allow", "deny", "no-opinion"]).toContain(decision);
        expect(["string", "undefined"]).toContain(typeof reason);
      }
    });

    it("answers the same question alike", async () => {
      for (const attributes of [...options.allows, ...options.withholds])
        expect(await ask(attributes)).toEqual(await ask(attributes));
    });
  });
}
