import { status } from "@grpc/grpc-js";

/** A call that failed, told as gRPC tells it. */
export class CallError extends Error {
  constructor(
    readonly code: number,
    readonly details: string,
  ) {
    super(`${code} ${status[code] ?? "UNKNOWN"}: ${details}`);
    this.name = "CallError";
  }
}

/** The call cannot have reached etcd. */
export function notSent(reason: Error): CallError {
  return new CallError(status.UNAVAILABLE, `No connection established. Last error: ${reason.message}`);
}

/** The call may have reached etcd. */
export function connectionLost(reason: Error | undefined): CallError {
  return new CallError(
    status.UNAVAILABLE,
    `the connection was lost${reason === undefined ? "" : `: ${reason.message}`}`,
  );
}
