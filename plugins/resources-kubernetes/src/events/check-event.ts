import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import type * as core from "../types/core-v1.js";

const MOST_CHARACTERS = 128;
const MOST_OF_NOTE = 1024;

/** What is checked of an event, whichever group it comes by. */
export type CheckedEvent = Pick<
  core.Event,
  "involvedObject" | "eventTime" | "reportingComponent" | "reportingInstance" | "action" | "reason" | "message"
>;

const length = (text: string): number => Buffer.byteLength(text);

function checkText(text: string, path: string, errors: FieldErrors): void {
  if (text === "") errors.required(path);
  if (length(text) > MOST_CHARACTERS) errors.invalid(path, "", `can have at most ${MOST_CHARACTERS} characters`);
}

/** An event of the older kind, which has no event time, is where its object is; one about no namespace is in `default`. */
function checkOldPlace({ involvedObject }: CheckedEvent, namespace: string, errors: FieldErrors): void {
  const about = involvedObject.namespace ?? "";
  const fits = about === "" ? namespace === "" || namespace === "default" : namespace === about;
  if (!fits) errors.invalid("involvedObject.namespace", about, "does not match event.namespace");
}

function checkNew(event: CheckedEvent, namespace: string, reporterPath: string, errors: FieldErrors): void {
  const about = event.involvedObject.namespace ?? "";
  if (about === "" && namespace !== "default" && namespace !== "kube-system")
    errors.invalid("involvedObject.namespace", about, "does not match event.namespace");
  const { reportingComponent: reporter = "", reportingInstance = "", action = "", reason = "", message = "" } = event;
  if (reporter === "") errors.required(reporterPath);
  for (const problem of qualifiedNameErrors(reporter)) errors.invalid(reporterPath, reporter, problem);
  checkText(reportingInstance, "reportingInstance", errors);
  checkText(action, "action", errors);
  checkText(reason, "reason", errors);
  if (length(message) > MOST_OF_NOTE) errors.invalid("message", "", `can have at most ${MOST_OF_NOTE} characters`);
}

/**
 * What is wrong with an event by the rules of both groups; `reporterPath` is what the group calls the reporter. Upstream's
 * `legacyValidateEvent`, which names the fields as the core group does.
 */
export function checkEvent(event: CheckedEvent, namespace: string, reporterPath: string, errors: FieldErrors): void {
  if (event.eventTime === null || event.eventTime === undefined) checkOldPlace(event, namespace, errors);
  else checkNew(event, namespace, reporterPath, errors);
}
