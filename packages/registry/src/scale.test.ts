import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { deny } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, fixtureOf, fixtureVersion, refusal, rollout, rollouts } from "./resource.fixture.js";
import { getScale, patchScale, updateScale } from "./scale.js";
import { updateObject } from "./update.js";

async function filled(fixture: Fixture, spec: JsonObject = { replicas: 2 }): Promise<Fixture> {
  await createObject(fixture.resource, fixture.request(), bodyOf(rollout("x", spec)));
  return fixture;
}

function scaleBody(replicas: unknown, metadata: JsonObject = {}): JsonObject {
  return JSON.parse(
    JSON.stringify({
      kind: "Scale",
      apiVersion: "autoscaling/v1",
      metadata: { name: "x", ...metadata },
      spec: { replicas },
    }),
  );
}

function put(fixture: Fixture, body: JsonObject) {
  return updateScale(fixture.resource, fixture.request({ name: "x" }), bodyOf(body));
}

function patch(fixture: Fixture, body: JsonObject, over = {}) {
  const merge = { type: "application/merge-patch+json", body: Buffer.from(JSON.stringify(body)) };
  return patchScale(fixture.resource, fixture.request({ name: "x", ...over }), merge);
}

describe("scale", () => {
  it("shows the object as a Scale (row 22)", async () => {
    const fixture = await filled(rollouts());
    const status = {
      ...rollout("x", { replicas: 2 }, { resourceVersion: "2" }),
      status: { replicas: 1, selector: "app=x" },
    };
    await updateObject(fixture.resource, fixture.request({ name: "x" }), bodyOf(status), "status");
    const scale = await getScale(fixture.resource, fixture.request({ name: "x" }), "");
    expect(JSON.parse(scale.bytes.toString())).toEqual({
      kind: "Scale",
      apiVersion: "autoscaling/v1",
      metadata: {
        name: "x",
        namespace: "demo",
        uid: fixture.store.peekAll("")[0]?.object.metadata.uid,
        resourceVersion: "3",
        creationTimestamp: "2026-01-02T03:04:06Z",
      },
      spec: { replicas: 2 },
      status: { replicas: 1, selector: "app=x" },
    });
    let made = 0;
    const make = () => Buffer.from(String(++made));
    expect(scale.rendition("yaml", make)).toBe(scale.rendition("yaml", make));
  });

  it("sets the replicas and counts a generation", async () => {
    const fixture = await filled(rollouts());
    const { object, created } = await put(fixture, scaleBody(5));
    expect([created, object.object.kind, object.object.spec]).toEqual([false, "Scale", { replicas: 5 }]);
    const [stored] = fixture.store.peekAll("");
    expect(stored?.object).toMatchObject({ metadata: { generation: 2, resourceVersion: "3" }, spec: { replicas: 5 } });
    const patched = await patch(fixture, { spec: { replicas: 3 } });
    expect(patched.object.object).toMatchObject({ metadata: { resourceVersion: "4" }, spec: { replicas: 3 } });
    await patch(fixture, { spec: { replicas: 3 } });
    expect(fixture.store.writes).toBe(3);
  });

  it("honours a resourceVersion, and retries without one", async () => {
    const fixture = await filled(rollouts());
    expect((await refusal(() => put(fixture, scaleBody(5, { resourceVersion: "1" })))).status).toMatchObject({
      code: 409,
      details: { kind: "rollouts", name: "x" },
    });
    await put(fixture, scaleBody(5, { resourceVersion: "2" }));
    fixture.store.interfere = () => patch(fixture, { spec: { replicas: 7 } });
    await put(fixture, scaleBody(6));
    expect(fixture.store.peekAll("")[0]?.object.spec).toEqual({ replicas: 6 });
    expect((await refusal(() => put(fixture, scaleBody(5, { uid: "zzz" })))).code).toBe(409);
  });

  it.each([
    [
      scaleBody(-1),
      422,
      'Scale.autoscaling "x" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      scaleBody("3"),
      400,
      'Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32',
    ],
    [
      { ...scaleBody(1), kind: "Pod" },
      400,
      'Scale in version "v1" cannot be handled as a Scale: no kind "Pod" is registered for version "autoscaling/v1"',
    ],
    [scaleBody(1, { name: "y" }), 400, "the name of the object (y) does not match the name on the URL (x)"],
    [
      scaleBody(1, { namespace: "y" }),
      400,
      "the namespace of the provided object does not match the namespace sent on the request",
    ],
  ])("refuses a bad Scale %#", async (body, code, message) => {
    const fixture = await filled(rollouts());
    expect((await refusal(() => put(fixture, body))).status).toMatchObject({ code, message });
    expect(fixture.store.writes).toBe(1);
  });

  it("refuses a bad patch with 422", async () => {
    const fixture = await filled(rollouts());
    expect((await refusal(() => patch(fixture, { spec: { replicas: "x" } }))).message).toMatch(
      /^ "" is invalid: patch: Invalid value: /,
    );
    expect(
      (await refusal(() => patch(fixture, { spec: { foo: 1 } }, { fieldValidation: "Strict" }))).message,
    ).toContain('unknown field "spec.foo"');
  });

  it("says when a custom object has no number to show", async () => {
    const fixture = fixtureOf(
      fixtureVersion(
        { spec: { members: { replicas: { type: "integer" } } } },
        {
          group: "example.com",
          apiVersion: "example.com/v1",
          kind: "Web",
          specField: "spec",
          scale: { spec: ".spec.replicas", status: ".status.replicas" },
        },
      ),
    );
    await createObject(
      fixture.resource,
      fixture.request(),
      bodyOf({ apiVersion: "example.com/v1", kind: "Web", metadata: { name: "x" } }),
    );
    const error = await refusal(() => getScale(fixture.resource, fixture.request({ name: "x" }), ""));
    expect(error.message).toBe('Internal error occurred: the spec replicas field ".spec.replicas" does not exist');
    await put(fixture, scaleBody(4));
    expect((await getScale(fixture.resource, fixture.request({ name: "x" }), "")).object.spec).toEqual({ replicas: 4 });
  });

  it("is not there for kinds without it", async () => {
    const fixture = configMaps();
    await expect(getScale(fixture.resource, fixture.request({ name: "x" }), "")).rejects.toMatchObject({ code: 404 });
    await expect(
      patchScale(fixture.resource, fixture.request({ name: "x" }), { type: "", body: Buffer.alloc(0) }),
    ).rejects.toMatchObject({ code: 404 });
  });

  it("shows admission the Scale, and lets it change the number", async () => {
    const seen: unknown[] = [];
    const fixture = await filled(
      rollouts({}, [
        {
          handles: (operation) => operation === "UPDATE",
          mutate: ({ object, kind, subresource, oldObject }) => {
            seen.push([kind.kind, subresource, object?.spec, oldObject?.spec]);
            if (object !== undefined) object.spec = { replicas: 9 };
          },
          validate: ({ object, kind }) => {
            seen.push([kind.kind, object?.spec]);
            return object?.metadata.name === "x" && seen.length > 2 ? deny("enough") : undefined;
          },
        },
      ]),
    );
    expect((await put(fixture, scaleBody(5))).object.object.spec).toEqual({ replicas: 9 });
    expect(seen).toEqual([
      ["Scale", "scale", { replicas: 5 }, { replicas: 2 }],
      ["Scale", { replicas: 9 }],
    ]);
    expect((await refusal(() => put(fixture, scaleBody(5)))).message).toBe(
      'rollouts.delivery.example.com "x" is forbidden: enough',
    );
  });

  it("takes the selector from a function of the object", async () => {
    const scale = {
      spec: ".spec.replicas",
      status: ".status.replicas",
      selector: ({ kind }: KubeObject) => `is=${kind}`,
    };
    const fixture = await filled(rollouts({ scale }));
    const seen = await getScale(fixture.resource, fixture.request({ name: "x" }), "");
    expect(seen.object.status).toEqual({ replicas: 0, selector: "is=Rollout" });
  });
});
