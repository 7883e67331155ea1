import { createHash } from "node:crypto";
import { dns1123SubdomainErrors, type OwnerReference, StatusError } from "@quarterdeck/meta";
import type { Client, Logger, ServedResources } from "@quarterdeck/sdk";
import { identityText, type ObjectIdentity, ownerIdentity } from "./graph/object-identity.js";

const EVENTS = { group: "", resource: "events" };
const COMPONENT = "garbage-collector-controller";

/** The same name for the same report, so that it is made once however often it is found. */
function nameOf(dependent: ObjectIdentity, { uid }: OwnerReference): string {
  const digest = createHash("sha256").update(`${dependent.uid} ${uid}`).digest("hex").slice(0, 16);
  const name = `${dependent.name}.${digest}`;
  return dns1123SubdomainErrors(name).length === 0 ? name : digest;
}

/** Tells by an Event of objects that name an owner in another namespace; upstream's `OwnerRefInvalidNamespace`. */
export class InvalidOwnerEvents {
  readonly #writing = new Set<Promise<void>>();

  constructor(
    private readonly served: ServedResources,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  /** Begins a report; one that cannot be made is logged. */
  report(dependent: ObjectIdentity, reference: OwnerReference): void {
    const writing = this.#report(dependent, reference).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Resolves when no report is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #report(dependent: ObjectIdentity, reference: OwnerReference): Promise<void> {
    const { apiVersion, kind, namespace, name, uid } = dependent;
    const owner = identityText(ownerIdentity(reference, namespace));
    const message = `ownerRef ${owner} does not exist in namespace ${JSON.stringify(namespace)}`;
    this.logger.warn("an object names an owner in another namespace", { object: identityText(dependent), owner });
    if (this.served.find(EVENTS) === undefined) return;
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    try {
      await this.client.resource(EVENTS).create({
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: nameOf(dependent, reference), namespace: namespace === "" ? "default" : namespace },
        involvedObject: { apiVersion, kind, name, uid, ...(namespace === "" ? {} : { namespace }) },
        type: "Warning",
        reason: "OwnerRefInvalidNamespace",
        message,
        source: { component: COMPONENT },
        reportingComponent: COMPONENT,
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
      });
    } catch (error) {
      if (StatusError.is(error) && error.reason === "AlreadyExists") return;
      this.logger.warn("an event could not be written", { object: identityText(dependent), error: String(error) });
    }
  }
}
