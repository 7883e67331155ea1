import { NativeBody } from "../../native.js";

/** How a node is proxied to. */
@NativeBody("core/v1.NodeProxyOptions")
export class NodeProxyOptions {
  path?: string;
}
