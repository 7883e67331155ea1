export type { Kernel, KernelOptions } from "./kernel.js";

/**
 * Loads the part of the kernel that runs servers (HTTP, registry, container). It is apart so that the config can be
 * read, and its mistakes be told, while this is still loading.
 */
export async function loadKernel() {
  const [{ Kernel }, { describeServer }] = await Promise.all([
    import("./kernel.js"),
    import("../assembly/describe-server.js"),
  ]);
  return { Kernel, describeServer };
}
