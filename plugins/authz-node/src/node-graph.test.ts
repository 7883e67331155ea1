import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GraphKind, type GraphObject, NodeGraph } from "./node-graph.js";

const object = (kind: GraphKind, name: string, namespace = "demo"): GraphObject => ({ kind, namespace, name });
const secret = object("secret", "s");

describe("NodeGraph", () => {
  it("relates what pods need to the node they run on, until the last of them has gone", () => {
    const graph = new NodeGraph();
    graph.tie(object("pod", "a"), "n1", [secret]);
    graph.tie(object("pod", "b"), "n1", [secret, object("configmap", "c")]);
    expect(graph.relates(secret, "n1")).toBe(true);
    expect(graph.relates(secret, "n2")).toBe(false);
    expect(graph.relates(object("secret", "s", "other"), "n1")).toBe(false);
    expect(graph.relates(object("configmap", "s"), "n1")).toBe(false);
    expect(graph.relates(object("pod", "a"), "n1")).toBe(true);
    graph.untie(object("pod", "a"));
    expect(graph.relates(secret, "n1")).toBe(true);
    graph.untie(object("pod", "b"));
    expect(graph.relates(secret, "n1")).toBe(false);
  });

  it("forgets what a pod needed before it changed or moved", () => {
    const graph = new NodeGraph();
    graph.tie(object("pod", "a"), "n1", [secret]);
    graph.tie(object("pod", "a"), "n2", [object("configmap", "c")]);
    expect(graph.relates(secret, "n1")).toBe(false);
    expect(graph.relates(object("configmap", "c"), "n2")).toBe(true);
    expect(graph.relates(object("pod", "a"), "n1")).toBe(false);
  });

  it("follows a claim to its volume and the volume's secrets, whichever is known first", () => {
    const graph = new NodeGraph();
    const claim = object("pvc", "data");
    const volume = object("pv", "v", "");
    const key = object("secret", "key", "storage");
    graph.bind(volume, claim, [key]);
    expect([graph.relates(volume, "n1"), graph.relates(key, "n1")]).toEqual([false, false]);
    graph.tie(object("pod", "a"), "n1", [claim]);
    expect([graph.relates(volume, "n1"), graph.relates(key, "n1"), graph.relates(key, "n2")]).toEqual([
      true,
      true,
      false,
    ]);
    graph.bind(volume, object("pvc", "another"), [key]);
    expect([graph.relates(volume, "n1"), graph.relates(key, "n1")]).toEqual([false, false]);
    graph.bind(volume, claim, [key]);
    graph.unbind(volume);
    expect(graph.relates(key, "n1")).toBe(false);
  });

  it("answers as a search through all pods would, whatever came and went", () => {
    const name = fc.constantFrom("a", "b", "c");
    const node = fc.constantFrom("n1", "n2");
    const step = fc.record({ pod: name, node: fc.option(node), needs: fc.array(name) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), name, node, (steps, asked, on) => {
        const graph = new NodeGraph();
        const pods = new Map<string, { node: string; needs: readonly string[] }>();
        for (const one of steps) {
          if (one.node === null) {
            graph.untie(object("pod", one.pod));
            pods.delete(one.pod);
          } else {
            const needs = one.needs.map((need) => object("secret", need));
            graph.tie(object("pod", one.pod), one.node, needs);
            pods.set(one.pod, { node: one.node, needs: one.needs });
          }
        }
        const expected = [...pods.values()].some((pod) => pod.node === on && pod.needs.includes(asked));
        expect(graph.relates(object("secret", asked), on)).toBe(expected);
      }),
    );
  });
});
