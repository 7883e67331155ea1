import type * as v1 from "../types/resource-v1.js";
import type * as v1beta1 from "../types/resource-v1beta1.js";

/** Of a request of v1 what v1beta1 has in it directly. */
function flatRequest({ exactly, ...rest }: v1.DeviceRequest): v1beta1.DeviceRequest {
  return { deviceClassName: "", ...rest, ...exactly };
}

/** Upstream's `Convert_v1beta1_DeviceRequest_To_resource_DeviceRequest`: what says nothing directly has alternatives, or is refused. */
function nestedRequest({ name, firstAvailable, ...exactly }: v1beta1.DeviceRequest): v1.DeviceRequest {
  const { deviceClassName, ...others } = exactly;
  const isSet = deviceClassName !== "" || Object.values(others).some((value) => value !== undefined);
  return {
    name,
    ...(isSet ? { exactly } : {}),
    ...(firstAvailable === undefined ? {} : { firstAvailable }),
  };
}

/** The spec of a claim of v1 as v1beta1 has it. */
export function claimSpecFromStored({ devices }: v1.ResourceClaimSpec): v1beta1.ResourceClaimSpec {
  return { devices: { ...devices, requests: devices.requests?.map(flatRequest) ?? null } };
}

/** The spec of a claim of v1beta1 as v1 has it. */
export function claimSpecToStored({ devices }: v1beta1.ResourceClaimSpec): v1.ResourceClaimSpec {
  return { devices: { ...devices, requests: devices.requests?.map(nestedRequest) ?? null } };
}
