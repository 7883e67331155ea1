import { Quantity } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { isSidecar } from "./containers-of.js";

type Sums = Map<string, Quantity>;

function read(list: core.ResourceList = {}): Sums {
  return new Map(Object.entries(list).map(([resource, value]) => [resource, Quantity.parse(value)]));
}

function add(sums: Sums, more: Sums): void {
  for (const [resource, value] of more) {
    const sum = sums.get(resource);
    sums.set(resource, sum === undefined ? value : sum.add(value));
  }
}

function raise(sums: Sums, least: Sums): void {
  for (const [resource, value] of least) {
    const sum = sums.get(resource);
    if (sum === undefined || value.compare(sum) > 0) sums.set(resource, value);
  }
}

/**
 * What the containers of a pod need together: those that run at once add up, and of those that run one after another before
 * them the greediest counts, together with the sidecars that run by then. Upstream's `AggregateContainerRequests`.
 */
export function resourceSums(
  { containers, initContainers = [] }: core.PodSpec,
  of: "requests" | "limits",
): ReadonlyMap<string, Quantity> {
  const running: Sums = new Map();
  const sidecars: Sums = new Map();
  const beginning: Sums = new Map();
  for (const { resources } of containers ?? []) add(running, read(resources[of]));
  for (const container of initContainers) {
    const own = read(container.resources[of]);
    if (isSidecar(container)) {
      add(running, own);
      add(sidecars, own);
      raise(beginning, sidecars);
    } else {
      add(own, sidecars);
      raise(beginning, own);
    }
  }
  raise(running, beginning);
  return running;
}
