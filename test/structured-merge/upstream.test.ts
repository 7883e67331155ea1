import {
  checkStructure,
  compareObjects,
  compileMergeSchema,
  FieldSet,
  fieldsOf,
  formatFieldPath,
} from "@quarterdeck/structured-merge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../process/random.js";
import { randomFields } from "./random-fields.js";
import { randomObject, spoil } from "./random-object.js";
import { randomObjectSchema } from "./random-schema.js";
import { Scenario } from "./scenario.js";
import { type UpstreamAnswer, UpstreamMerge, upstreamMissing } from "./upstream.js";

const FIRST = Number(process.env.QUARTERDECK_MERGE_SEED ?? 1);
const SCENARIOS = Number(process.env.QUARTERDECK_MERGE_SCENARIOS ?? 600);
const WRITES = 10;
const VERSION = "example.com/v1";

function text(set: FieldSet): string {
  return JSON.stringify(set.toJson());
}

/** An answer in a form in which two that say the same are equal: the order of managers does not matter, that of fields does. */
function comparable({ object, managers, message, mistakes }: UpstreamAnswer) {
  const owned = Object.entries(managers ?? {}).map(([name, { fields, apiVersion, applied }]) => {
    return `${name} ${apiVersion} ${applied} ${JSON.stringify(fields)}`;
  });
  return { object, owned: owned.sort(), message, mistakes: [...(mistakes ?? [])].sort() };
}

describe.skipIf(upstreamMissing !== undefined)(
  `upstream's merge${upstreamMissing === undefined ? "" : ` (skipped: ${upstreamMissing})`}`,
  () => {
    let upstream: UpstreamMerge;
    beforeAll(() => {
      upstream = new UpstreamMerge();
    });
    afterAll(() => upstream?.stop());

    it(`leads where ours does, in ${SCENARIOS} scenarios of ${WRITES} writes`, { timeout: 600_000 }, async () => {
      const said = { error: 0, conflict: 0, mistake: 0, changed: 0, same: 0 };
      for (let seed = FIRST; seed < FIRST + SCENARIOS; seed++) {
        const scenario = new Scenario(new Random(seed));
        expect((await upstream.ask(scenario.schemas())).error).toBeUndefined();
        for (let write = 0; write < WRITES; write++) {
          if (scenario.change()) expect((await upstream.ask(scenario.schemas())).error).toBeUndefined();
          const question = scenario.next();
          const theirs = await upstream.ask(question);
          if (theirs.error !== undefined) {
            // The live object, which another schema let pass, is none for this one.
            said.error++;
            continue;
          }
          const ours = scenario.answer(question);
          const where = `seed ${seed}, write ${write}: ${JSON.stringify({ ...scenario.schemas(), ...question })}`;
          expect(comparable(ours), where).toEqual(comparable(theirs));
          if (theirs.message !== undefined) said.conflict++;
          else if (theirs.mistakes !== undefined) said.mistake++;
          else if (theirs.object === undefined) said.same++;
          else said.changed++;
        }
      }
      for (const count of [said.conflict, said.mistake, said.changed, said.same]) {
        expect(count).toBeGreaterThan(SCENARIOS / 100);
      }
    });

    it(`sees the fields, the differences and the mistakes that we see, in ${SCENARIOS} pairs of objects`, {
      timeout: 600_000,
    }, async () => {
      let mistaken = 0;
      for (let seed = FIRST; seed < FIRST + SCENARIOS; seed++) {
        const random = new Random(seed);
        const schema = randomObjectSchema(random);
        const compiled = compileMergeSchema(schema);
        const straying = { nulls: random.chance(0.5), duplicates: true };
        const live = randomObject(random, schema, VERSION, straying);
        const object = randomObject(random, schema, VERSION, straying);
        const asked = { live, object, version: VERSION };
        const fields = await upstream.ask({ operation: "fields", schemas: { v1: schema }, ...asked });
        const where = `seed ${seed}: ${JSON.stringify({ schema, live, object })}`;
        expect(fields.sets, where).toEqual({ fields: text(fieldsOf(compiled, object)) });
        const { added, modified, removed } = compareObjects(compiled, live, object);
        const compared = { added: text(added), modified: text(modified), removed: text(removed) };
        expect((await upstream.ask({ operation: "compare", ...asked })).sets, where).toEqual(compared);

        const spoilt = spoil(random, object);
        const allowDuplicates = random.chance(0.5);
        const theirs = await upstream.ask({ operation: "check", object: spoilt, version: VERSION, allowDuplicates });
        const ours = checkStructure(compiled, spoilt, allowDuplicates);
        const place = `seed ${seed}: ${JSON.stringify({ schema, spoilt })}`;
        // Upstream ends its walk of an object, whose order is random, at a field that it does not know.
        if (ours.some((mistake) => mistake.endsWith("field not declared in schema"))) {
          expect(theirs.mistakes ?? [], place).not.toEqual([]);
          expect(ours, place).toEqual(expect.arrayContaining([...(theirs.mistakes ?? [])]));
        } else {
          expect([...ours].sort(), place).toEqual([...(theirs.mistakes ?? [])].sort());
        }
        if (ours.length > 0) mistaken++;
      }
      expect(mistaken).toBeGreaterThan(SCENARIOS / 10);
    });

    it(`makes of two sets what we make of them, ${SCENARIOS} times`, { timeout: 600_000 }, async () => {
      for (let seed = FIRST; seed < FIRST + SCENARIOS; seed++) {
        const random = new Random(seed);
        const [left, right] = [randomFields(random, 3), randomFields(random, 3)];
        const theirs = await upstream.ask({ operation: "sets", sets: [left, right] });
        const [a, b] = [FieldSet.fromJson(left), FieldSet.fromJson(right)];
        const where = `seed ${seed}: ${JSON.stringify([left, right])}`;
        expect(theirs.error, where).toBeUndefined();
        const made = {
          itself: text(a),
          union: text(a.union(b)),
          intersection: text(a.intersection(b)),
          difference: text(a.difference(b)),
          recursiveDifference: text(a.recursiveDifference(b)),
          leaves: text(a.leaves()),
        };
        expect(made, where).toEqual(theirs.sets);
        expect([...a.paths()].map(formatFieldPath), where).toEqual(theirs.paths ?? []);
      }
    });
  },
);
