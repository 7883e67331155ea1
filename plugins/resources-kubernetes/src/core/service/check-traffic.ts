import type { FieldErrors } from "@quarterdeck/meta";
import { checkPortNumber } from "../../checks/check-port.js";
import type { ServiceSpec } from "../../types/core-v1.js";
import { isExternallyAccessible, needsHealthCheckPort } from "./service-traits.js";

/** How requests are spread. */
export const TRAFFIC_POLICIES: readonly string[] = ["Cluster", "Local"];
const DISTRIBUTIONS: readonly string[] = ["PreferClose", "PreferSameZone", "PreferSameNode"];

/** How requests from outside are spread, and the port for health checks that goes with it; upstream's `validateServiceExternalTrafficPolicy`. */
export function checkExternalTraffic(spec: ServiceSpec, errors: FieldErrors): void {
  const { externalTrafficPolicy: policy = "", healthCheckNodePort: port = 0 } = spec;
  const path = "spec.externalTrafficPolicy";
  if (!isExternallyAccessible(spec)) {
    if (policy !== "") errors.invalid(path, policy, "may only be set for externally-accessible services");
  } else if (policy === "") errors.required(path);
  else if (!TRAFFIC_POLICIES.includes(policy)) errors.notSupported(path, policy, TRAFFIC_POLICIES);
  const place = "spec.healthCheckNodePort";
  if (!needsHealthCheckPort(spec)) {
    if (port !== 0)
      errors.invalid(
        place,
        port,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      );
  } else if (port === 0) errors.required(place);
  else checkPortNumber(port, place, errors);
}

/** How requests from within the cluster are spread; upstream's `validateServiceInternalTrafficFieldsValue`. */
export function checkInternalTraffic({ type, internalTrafficPolicy: policy }: ServiceSpec, errors: FieldErrors): void {
  const path = "spec.internalTrafficPolicy";
  if (policy === undefined) {
    if (type === "NodePort" || type === "LoadBalancer" || type === "ClusterIP") errors.required(path);
  } else if (!TRAFFIC_POLICIES.includes(policy)) errors.notSupported(path, policy, TRAFFIC_POLICIES);
}

/** Which endpoints are preferred; upstream's `validateServiceTrafficDistribution`. */
export function checkTrafficDistribution({ trafficDistribution }: ServiceSpec, errors: FieldErrors): void {
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    errors.notSupported("spec.trafficDistribution", trafficDistribution, DISTRIBUTIONS);
}

/** The port for health checks stays as long as there is one; upstream's `validateServiceExternalTrafficFieldsUpdate`. */
export function checkHealthCheckUpdate(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  if (!needsHealthCheckPort(spec) || !needsHealthCheckPort(old)) return;
  if (spec.healthCheckNodePort !== old.healthCheckNodePort)
    errors.forbidden("spec.healthCheckNodePort", "field is immutable");
}
