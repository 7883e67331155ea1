import { expect, test } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { PodTemplate } from "./pod-template.js";

const templates = new Compiled(PodTemplate);
const { hooks } = templates.version;

function template(labels: { [key: string]: string }) {
  const containers = [
    { name: "web", image: "nginx:1" },
    { name: "proxy", image: "envoy" },
  ];
  return templates.object({ template: { metadata: { labels }, spec: { containers } } });
}

test("has the columns of upstream", () => {
  const object = template({ tier: "front", app: "web" });
  expect(templates.columns(true)).toEqual(["Name", "Containers", "Images", "Pod Labels"]);
  expect(templates.columns().map((name) => templates.cell(name, object))).toEqual([
    "a",
    "web,proxy",
    "nginx:1,envoy",
    "app=web,tier=front",
  ]);
  expect(templates.cell("Pod Labels", template({}))).toBe("<none>");
});

test("counts the changes of the template", () => {
  const old = template({});
  hooks.prepareForCreate?.(old, context);
  expect(old.metadata.generation).toBe(1);
  const same = structuredClone(old);
  same.metadata.labels = { a: "b" };
  hooks.prepareForUpdate?.(same, old, context);
  expect(same.metadata.generation).toBe(1);
  const changed = structuredClone(old);
  changed.template = template({ app: "web" }).template;
  hooks.prepareForUpdate?.(changed, old, context);
  expect(changed.metadata.generation).toBe(2);
});

test("leaves out what 1.37 has switched off", () => {
  const object = templates.object({ template: { spec: { schedulingGroup: { podGroupName: "g" }, containers: [] } } });
  hooks.prepareForCreate?.(object, context);
  expect(Object(object.template).spec.schedulingGroup).toBeUndefined();
});

test("is checked as every template is", () => {
  expect(templates.problems(template({ "a b": "c" }))).toEqual([
    expect.stringMatching(/^template\.labels: .*name part must consist of alphanumeric characters/),
  ]);
  expect(templates.problems(template({}))).toEqual([]);
});

test("is answered with when it is deleted", () => {
  expect(templates.descriptor.returnDeletedObject).toBe(true);
});
