import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import type * as core from "../../types/core-v1.js";
import { checkHandler } from "./check-handler.js";

const NAMES =
  "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP " +
  "TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX";
/** Real-time signals have numbers from one end or the other, which meet in the middle. */
const MOST_AFTER_FIRST = 15;
const MOST_BEFORE_LAST = 14;

function numbered(base: string, sign: string, most: number): readonly string[] {
  return Array.from({ length: most }, (_, index) => `${base}${sign}${index + 1}`);
}

const LINUX_SIGNALS = [
  ...NAMES.split(" ").map((name) => `SIG${name}`),
  ...numbered("SIGRTMIN", "+", MOST_AFTER_FIRST),
  ...numbered("SIGRTMAX", "-", MOST_BEFORE_LAST),
].sort();
const WINDOWS_SIGNALS = ["SIGKILL", "SIGTERM"];

function checkStopSignal(signal: string, os: core.PodOS | undefined, path: string, errors: FieldErrors): void {
  if (os === undefined) errors.forbidden(path, "may not be set for containers with empty `spec.os.name`");
  else if (os.name === "windows") checkEnum(signal, WINDOWS_SIGNALS, path, errors);
  else if (os.name === "linux") checkEnum(signal, LINUX_SIGNALS, path, errors);
}

/** What happens when a container starts and stops; upstream's `validateLifecycle`. */
export function checkLifecycle(
  { postStart, preStop, stopSignal }: core.Lifecycle,
  { terminationGracePeriodSeconds, os }: core.PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (postStart !== undefined) checkHandler(postStart, terminationGracePeriodSeconds, `${path}.postStart`, errors);
  if (preStop !== undefined) checkHandler(preStop, terminationGracePeriodSeconds, `${path}.preStop`, errors);
  if (stopSignal !== undefined) checkStopSignal(stopSignal, os, `${path}.stopSignal`, errors);
}
