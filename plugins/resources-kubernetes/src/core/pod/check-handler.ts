import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkPort } from "../../checks/check-port.js";
import type * as core from "../../types/core-v1.js";

const SCHEMES = ["HTTP", "HTTPS"];
const HEADER = /^[-A-Za-z0-9]+$/;
const NO_HEADER =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

/** What a probe or a hook does: one of these. */
export type Handler = core.ProbeHandler & core.LifecycleHandler;

function checkHttpGet(http: core.HTTPGetAction, path: string, errors: FieldErrors): void {
  if (!http.path) errors.required(`${path}.path`);
  checkPort(http.port, `${path}.port`, errors);
  checkEnum(http.scheme ?? "", SCHEMES, `${path}.scheme`, errors);
  for (const { name } of http.httpHeaders ?? [])
    if (!HEADER.test(name)) errors.invalid(`${path}.httpHeaders`, name, NO_HEADER);
}

function checkSleep(seconds: number, gracePeriod: number | undefined, path: string, errors: FieldErrors): void {
  if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return;
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
  errors.invalid(path, seconds, detail);
}

/** Upstream's `validateHandler`: only the first of several handlers is looked at. */
export function checkHandler(
  handler: Handler,
  gracePeriod: number | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const kinds: [name: string, present: boolean, check: (at: string) => void][] = [
    ["exec", exec !== undefined, (at) => (exec?.command ?? []).length === 0 && errors.required(`${at}.command`)],
    ["httpGet", httpGet !== undefined, (at) => httpGet && checkHttpGet(httpGet, at, errors)],
    ["tcpSocket", tcpSocket !== undefined, (at) => tcpSocket && checkPort(tcpSocket.port, `${at}.port`, errors)],
    ["grpc", grpc !== undefined, (at) => grpc && checkPort(grpc.port, `${at}.port`, errors)],
    ["sleep", sleep !== undefined, (at) => sleep && checkSleep(sleep.seconds, gracePeriod, at, errors)],
  ];
  const present = kinds.filter(([, there]) => there);
  if (present.length === 0) errors.required(path, "must specify a handler type");
  for (const [index, [name, , check]] of present.entries()) {
    if (index === 0) check(`${path}.${name}`);
    else errors.forbidden(`${path}.${name}`, "may not specify more than 1 handler type");
  }
}
