import type * as v1 from "../types/resource-v1.js";
import type * as v1beta1 from "../types/resource-v1beta1.js";

/** The spec of a slice of v1 as v1beta1 has it: a device is all in its `basic` but for the name. */
export function sliceSpecFromStored({ devices, ...rest }: v1.ResourceSliceSpec): v1beta1.ResourceSliceSpec {
  return {
    ...rest,
    ...(devices === undefined ? {} : { devices: devices.map(({ name, ...basic }) => ({ name, basic })) }),
  };
}

/** The spec of a slice of v1beta1 as v1 has it; a name or a choice of nodes that is empty is none there. */
export function sliceSpecToStored(spec: v1beta1.ResourceSliceSpec): v1.ResourceSliceSpec {
  const { devices, nodeName, allNodes, ...rest } = spec;
  return {
    ...rest,
    ...(nodeName ? { nodeName } : {}),
    ...(allNodes ? { allNodes } : {}),
    ...(devices === undefined ? {} : { devices: devices.map(({ name, basic }) => ({ name, ...basic })) }),
  };
}
