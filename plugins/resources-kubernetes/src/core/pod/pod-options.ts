import { NativeBody } from "../../native.js";

/** What of a log is wanted. */
@NativeBody("core/v1.PodLogOptions")
export class PodLogOptions {
  container?: string;
  follow?: boolean;
  previous?: boolean;
  sinceSeconds?: number;
  sinceTime?: string;
  timestamps?: boolean;
  tailLines?: number;
  limitBytes?: number;
  stream?: string;
}

/** What is run in a container. */
@NativeBody("core/v1.PodExecOptions")
export class PodExecOptions {
  container?: string;
}

/** Which container is attached to. */
@NativeBody("core/v1.PodAttachOptions")
export class PodAttachOptions {
  container?: string;
}

/** Which ports are forwarded. */
@NativeBody("core/v1.PodPortForwardOptions")
export class PodPortForwardOptions {
  ports?: number[];
}

/** Where in the pod a request goes. */
@NativeBody("core/v1.PodProxyOptions")
export class PodProxyOptions {
  path?: string;
}
