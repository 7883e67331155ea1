import { createHash } from "node:crypto";
import { type KubeObject, StatusError } from "@quarterdeck/meta";
import type { Client, Logger, ServedResources } from "@quarterdeck/sdk";

const EVENTS = { group: "", resource: "events" };

/** Something that was not as it should be. */
export interface Finding {
  /** What it is about. */
  readonly object: KubeObject;
  /** The reason of the Event, in upstream's words. */
  readonly reason: string;
  readonly message: string;
}

/** Who says so, in upstream's words. */
export type Reporter = "ipallocator-repair-controller" | "portallocator-repair-controller";

/** Logs what was found and tells it by an Event at the object, the same finding once. */
export class Findings {
  constructor(
    private readonly served: ServedResources,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  async report({ object, reason, message }: Finding, component: Reporter): Promise<void> {
    const { name = "", namespace, uid = "" } = object.metadata;
    this.logger.warn("what services hold was not as it should be", { name, namespace, reason, message });
    if (this.served.find(EVENTS) === undefined) return;
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const digest = createHash("sha256").update(`${uid} ${reason} ${message}`).digest("hex").slice(0, 16);
    const { apiVersion, kind } = object;
    try {
      await this.client.resource(EVENTS).create({
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: digest, namespace: namespace ?? "default" },
        involvedObject: { apiVersion, kind, name, uid, ...(namespace === undefined ? {} : { namespace }) },
        type: "Warning",
        reason,
        message,
        source: { component },
        reportingComponent: component,
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
      });
    } catch (error) {
      if (StatusError.is(error) && error.reason === "AlreadyExists") return;
      this.logger.warn("an event could not be written", { name, namespace, error: String(error) });
    }
  }
}
