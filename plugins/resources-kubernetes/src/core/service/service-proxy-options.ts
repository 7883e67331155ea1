import { NativeBody } from "../../native.js";

/** Where in the service a request goes. */
@NativeBody("core/v1.ServiceProxyOptions")
export class ServiceProxyOptions {
  path?: string;
}
