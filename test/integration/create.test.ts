import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, namesOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { widget, widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("POST to a collection", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  function post(path: string, body: unknown) {
    return server.request(path, { method: "POST", body });
  }

  it("answers 201 and the object with its identity", async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const response = await post(MAPS, { metadata: { name: "a" }, data: { x: "1" } });
    expect(response.status).toBe(201);
    const { metadata, ...rest } = objectOf(response);
    expect(rest).toEqual({ kind: "ConfigMap", apiVersion: "v1", data: { x: "1" } });
    expect(metadata).toEqual({
      name: "a",
      namespace: "default",
      uid: expect.stringMatching(UUID),
      resourceVersion: expect.stringMatching(/^[1-9][0-9]*$/),
      creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      managedFields: [
        {
          manager: "unknown",
          operation: "Update",
          apiVersion: "v1",
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          fieldsType: "FieldsV1",
          fieldsV1: { "f:data": { ".": {}, "f:x": {} } },
        },
      ],
    });
    const made = Date.parse(metadata.creationTimestamp ?? "");
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(Date.now());
  });

  it("counts one revision for the whole store", async () => {
    const first = await create(server, MAPS, { metadata: { name: "r1" } });
    const second = await create(server, rolloutsOf("default"), rollout("r2"));
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion));
  });

  it("does not believe what the client says of the server's fields", async () => {
    const metadata = {
      name: "lies",
      uid: "mine",
      creationTimestamp: "2001-01-01T00:00:00Z",
      deletionTimestamp: "2001-01-01T00:00:00Z",
      deletionGracePeriodSeconds: 9,
      generation: 7,
      selfLink: "/x",
    };
    const made = await create(server, rolloutsOf("default"), {
      ...rollout("lies"),
      metadata,
      status: { phase: "Failed" },
    });
    expect(made.metadata.uid).toMatch(UUID);
    expect(made.metadata.generation).toBe(1);
    expect(made.metadata.creationTimestamp).not.toContain("2001");
    for (const field of ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"]) {
      expect(made.metadata).not.toHaveProperty(field);
    }
    expect(made.status).toEqual({ phase: "Pending" });
  });

  it("fills in defaults, of the schema and of the class", async () => {
    const made = await create(server, rolloutsOf("default"), rollout("defaults"));
    expect(made.spec).toEqual({
      replicas: 1,
      maxReplicas: 100,
      image: "web:1",
      strategy: "Canary",
      steps: [{ name: "all", weight: 100 }],
      paused: false,
    });
  });

  it("refuses a second object of the name", async () => {
    await create(server, MAPS, { metadata: { name: "twice" } });
    expectFailure(
      await post(MAPS, { metadata: { name: "twice" } }),
      409,
      "AlreadyExists",
      'configmaps "twice" already exists',
      { name: "twice", kind: "configmaps" },
    );
  });

  it("makes names from generateName: the prefix and five characters that spell no word", async () => {
    const names = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const { metadata } = await create(server, MAPS, { metadata: { generateName: "g-" } });
      expect(metadata.name).toMatch(/^g-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
      expect(metadata.generateName).toBe("g-");
      names.add(metadata.name ?? "");
    }
    expect(names.size).toBe(20);
    const long = await create(server, MAPS, { metadata: { generateName: "x".repeat(80) } });
    expect(long.metadata.name).toMatch(/^x{58}[a-z2-9]{5}$/);
  });

  it("wants a name", async () => {
    const message = "Required value: name or generateName is required";
    expectFailure(
      await post(MAPS, { metadata: {} }),
      422,
      "Invalid",
      `ConfigMap "" is invalid: metadata.name: ${message}`,
      { kind: "ConfigMap", causes: [{ reason: "FieldValueRequired", message, field: "metadata.name" }] },
    );
  });

  it("wants a namespace that exists", async () => {
    expectFailure(
      await post("/api/v1/namespaces/nons/configmaps", { metadata: { name: "a" } }),
      404,
      "NotFound",
      'namespaces "nons" not found',
      { name: "nons", kind: "namespaces" },
    );
  });

  it("wants the namespace of the URL", async () => {
    const body = { metadata: { name: "elsewhere", namespace: "kube-public" } };
    const message = "the namespace of the provided object does not match the namespace sent on the request";
    expectFailure(await post(MAPS, body), 400, "BadRequest", message);
  });

  it("takes no resourceVersion", async () => {
    const body = { metadata: { name: "versioned", resourceVersion: "5" } };
    const message = "resourceVersion should not be set on objects to be created";
    expectFailure(await post(MAPS, body), 500, undefined, message);
  });

  it("wants its own kind and version", async () => {
    expectFailure(
      await post(MAPS, { kind: "Secret", apiVersion: "v1", metadata: { name: "x" } }),
      400,
      "BadRequest",
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    );
    expectFailure(
      await post(MAPS, { kind: "ConfigMap", apiVersion: "v2", metadata: { name: "x" } }),
      400,
      "BadRequest",
      'ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
    );
    expectFailure(
      await post(rolloutsOf("default"), { ...rollout("x"), apiVersion: "delivery.example.com/v1beta1" }),
      400,
      "BadRequest",
      "the API version in the data (delivery.example.com/v1beta1) does not match the expected API version (delivery.example.com/v1)",
    );
  });

  it("lets typed kinds leave kind and version out, and wants them of custom ones", async () => {
    const made = await create(server, MAPS, { metadata: { name: "bare" } });
    expect(made).toMatchObject({ kind: "ConfigMap", apiVersion: "v1" });
    expectFailure(
      await post(widgetsOf("default"), { metadata: { name: "x" } }),
      400,
      "BadRequest",
      `the object provided is unrecognized (must be of type Widget): Object 'Kind' is missing in '{"metadata":{"name":"x"}}' ({"metadata":{"name":"x"}})`,
    );
  });

  it("keeps the kind on the items of a custom list", async () => {
    await create(server, widgetsOf("default"), widget("listed", { size: 1 }));
    const list = await server.request(widgetsOf("default"));
    expect(list.json()).toMatchObject({
      kind: "WidgetList",
      items: [{ kind: "Widget", apiVersion: "example.com/v1", metadata: { name: "listed" } }],
    });
  });

  it("checks the name", async () => {
    const message =
      "Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
      "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
      "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    expectFailure(
      await post(MAPS, { metadata: { name: "A_b" } }),
      422,
      "Invalid",
      `ConfigMap "A_b" is invalid: metadata.name: ${message}`,
      { name: "A_b", kind: "ConfigMap", causes: [{ reason: "FieldValueInvalid", message, field: "metadata.name" }] },
    );
    expect((await post(MAPS, { metadata: { name: "n".repeat(253) } })).status).toBe(201);
    const long = (await post(MAPS, { metadata: { name: "n".repeat(254) } })).json();
    expect(long).toMatchObject({
      code: 422,
      details: { causes: [{ message: expect.stringMatching(/: must be no more than 253 characters$/) }] },
    });
  });

  it("tells all that is wrong at once", async () => {
    const body = rollout("wrong", {
      image: "NO",
      replicas: -1,
      strategy: "Hope",
      steps: [{ name: "a" }, { name: "a" }],
    });
    const response = await post(rolloutsOf("default"), body);
    expect(response.status).toBe(422);
    const { details } = response.json<{ details: { causes: { reason: string; field: string }[] } }>();
    expect(details).toMatchObject({ name: "wrong", group: "delivery.example.com", kind: "Rollout" });
    expect(details.causes.map(({ reason, field }) => `${reason} ${field}`).sort()).toEqual([
      "FieldValueDuplicate spec.steps[1]",
      "FieldValueInvalid spec.image",
      "FieldValueInvalid spec.replicas",
      "FieldValueNotSupported spec.strategy",
    ]);
    expect((await server.request(`${rolloutsOf("default")}/wrong`)).status).toBe(404);
  });

  it("runs the rules of the class, and passes on its warnings", async () => {
    const body = rollout("last-step", { steps: [{ name: "a", weight: 50 }] });
    const message = "Invalid value: 50: the last step must reach 100";
    expectFailure(
      await post(rolloutsOf("default"), body),
      422,
      "Invalid",
      `Rollout.delivery.example.com "last-step" is invalid: spec.steps[0].weight: ${message}`,
      {
        name: "last-step",
        group: "delivery.example.com",
        kind: "Rollout",
        causes: [{ reason: "FieldValueInvalid", message, field: "spec.steps[0].weight" }],
      },
    );
    const warned = await post(rolloutsOf("default"), rollout("latest", { image: "web:latest" }));
    expect(warned.status).toBe(201);
    expect(warned.headers.warning).toBe('299 - "spec.image: a fixed tag makes a rollout repeatable"');
  });

  it("is not served over all namespaces", async () => {
    const message = "the server does not allow this method on the requested resource";
    expectFailure(await post("/api/v1/configmaps", { metadata: { name: "a" } }), 405, "MethodNotAllowed", message, {});
  });

  it("lets one of many creators of a name win", async () => {
    const attempts = Array.from({ length: 20 }, () => post(MAPS, { metadata: { name: "race" } }));
    const codes = (await Promise.all(attempts)).map(({ status }) => status).sort();
    expect(codes).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(namesOf(await server.request(MAPS)).filter((name) => name === "race")).toHaveLength(1);
  });
});
