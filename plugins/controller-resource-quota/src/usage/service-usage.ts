import { type KubeObject, Quantity } from "@quarterdeck/meta";
import { objectAt, objectsAt } from "./json.js";
import { oneOf, type Usage } from "./usage.js";

/** What one service counts for in a quota; upstream's service evaluator. */
export function serviceUsage(service: KubeObject): Usage {
  const usage = oneOf("count/services", "services");
  const { type, allocateLoadBalancerNodePorts } = objectAt(service, "spec");
  const ports = objectsAt(service, "spec", "ports");
  if (type !== "NodePort" && type !== "LoadBalancer") return usage;
  // Whether ports have been given out yet does not matter, only whether they are wanted.
  const wanted =
    type === "LoadBalancer" && allocateLoadBalancerNodePorts === false
      ? ports.filter(({ nodePort }) => typeof nodePort === "number" && nodePort !== 0)
      : ports;
  usage.set("services.nodeports", Quantity.of(wanted.length));
  if (type === "LoadBalancer") usage.set("services.loadbalancers", Quantity.of(1));
  return usage;
}
