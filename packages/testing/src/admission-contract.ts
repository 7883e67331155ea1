import { StatusError } from "@quarterdeck/meta";
import {
  type Admission,
  type AdmissionAttributes,
  type AdmissionOperation,
  type AdmissionVerdict,
  isDenial,
} from "@quarterdeck/sdk";
import { beforeAll, describe, expect, it } from "vitest";
import { admissionAttributes } from "./plugin/admission-attributes.js";

export { admissionAttributes } from "./plugin/admission-attributes.js";

/** An admission plugin under test, with writes that it is known to let pass and to reject. */
export interface AdmissionContractOptions {
  readonly name: string;
  create(): Admission | Promise<Admission>;
  readonly admits: readonly (() => AdmissionAttributes)[];
  readonly denies: readonly (() => AdmissionAttributes)[];
}

const OPERATIONS: readonly AdmissionOperation[] = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

type Outcome = { readonly denied: false } | { readonly denied: true; readonly reason: string };

function outcome(verdict: AdmissionVerdict): Outcome {
  if (verdict === undefined) return { denied: false };
  expect(isDenial(verdict), "a method answers nothing or deny(…)").toBe(true);
  return { denied: true, reason: verdict.reason };
}

async function review(plugin: Admission, attributes: AdmissionAttributes): Promise<Outcome> {
  if (plugin.handles !== undefined && !plugin.handles(attributes.operation)) return { denied: false };
  try {
    const mutated = outcome(await plugin.mutate?.(attributes));
    if (mutated.denied) return mutated;
    return outcome(await plugin.validate?.(attributes));
  } catch (error) {
    if (!StatusError.is(error)) throw error;
    return { denied: true, reason: error.message };
  }
}

/** The suite that every admission plugin passes: call it at the top of a vitest file. */
export function admissionContract(options: AdmissionContractOptions): void {
  const samples = [...options.admits, ...options.denies];
  describe(`${options.name} keeps the admission contract`, () => {
    let plugin: Admission;
    beforeAll(async () => {
      plugin = await options.create();
    });

    it("mutates or validates", () => {
      expect(plugin.mutate ?? plugin.validate).toBeTypeOf("function");
    });

    it.each(options.admits.map((make, index) => [index, make] as const))(
      "lets sample %i pass",
      async (_index, make) => {
        expect(await review(plugin, make())).toEqual({ denied: false });
      },
    );

    it.each(options.denies.map((make, index) => [index, make] as const))(
      "rejects sample %i with a reason",
      async (_index, make) => {
        const result = await review(plugin, make());
        expect(result).toMatchObject({ denied: true, reason: expect.stringMatching(/\S/) });
      },
    );

    it("copes with every operation", async () => {
      for (const operation of OPERATIONS) {
        const result = review(plugin, admissionAttributes({ operation }));
        await expect(result, operation).resolves.toBeDefined();
      }
    });

    it("changes nothing when it validates, and never the stored object", async () => {
      for (const make of samples) {
        const attributes = make();
        const before = structuredClone({ object: attributes.object, oldObject: attributes.oldObject });
        if (plugin.handles?.(attributes.operation) === false) continue;
        await Promise.resolve(plugin.validate?.(attributes)).catch(() => undefined);
        expect({ object: attributes.object, oldObject: attributes.oldObject }).toEqual(before);
        await Promise.resolve(plugin.mutate?.(attributes)).catch(() => undefined);
        expect(attributes.oldObject).toEqual(before.oldObject);
      }
    });

    it("mutates to the same result when it runs twice", async () => {
      for (const make of options.admits) {
        const attributes = make();
        if (plugin.handles?.(attributes.operation) === false) continue;
        await plugin.mutate?.(attributes);
        const once = structuredClone(attributes.object);
        await plugin.mutate?.(attributes);
        expect(attributes.object).toEqual(once);
      }
    });
  });
}
