import { expect, it } from "vitest";
import { innerObject } from "./inner-object.js";

it("has the names and the order of Go, and what nobody said", () => {
  expect(JSON.stringify(innerObject("Toleration", { tolerationSeconds: 5, key: "a" }))).toBe(
    '{"Key":"a","Operator":"","Value":"","Effect":"","TolerationSeconds":5}',
  );
});

it("has structs in structs, lists of them and none of those that are not there", () => {
  const spec = { containers: [{ name: "a", resources: { limits: { cpu: "1" } } }], hostPID: true };
  const inner = innerObject("PodSpec", spec);
  expect(inner).toMatchObject({ Volumes: null, HostPID: true, SecurityContext: null, Affinity: null });
  expect(Object(inner).Containers[0]).toMatchObject({
    Name: "a",
    Resources: { Limits: { cpu: "1" }, Requests: null, Claims: null },
    TTY: false,
    LivenessProbe: null,
  });
  expect(innerObject("Container", {}).Resources).toEqual({ Limits: null, Requests: null, Claims: null });
});

it("knows fields that are not called as in the API, and metadata that stands among the fields", () => {
  expect(innerObject("GlusterfsVolumeSource", { endpoints: "e" })).toMatchObject({ EndpointsName: "e" });
  expect(Object.keys(innerObject("PersistentVolumeClaimTemplate", { metadata: { name: "a" } }))).toEqual([
    "name",
    "Spec",
  ]);
});

it("has maps in the order of their keys", () => {
  const limits = JSON.stringify(innerObject("ResourceRequirements", { limits: { memory: "1", cpu: "2" } }).Limits);
  expect(limits).toBe('{"cpu":"2","memory":"1"}');
});

it("does not make up structs", () => {
  expect(() => innerObject("Nothing", {})).toThrow("no message prints a Nothing");
});
