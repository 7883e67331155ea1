import { type JsonObject, reasonOf, type Status, type UserInfo } from "@quarterdeck/meta";
import type { AuditStage, AuditTrail, RequestContext } from "@quarterdeck/sdk";
import { escapeJson } from "@quarterdeck/wire";
import { annotationsJson } from "./annotations-json.js";
import type { AuditPipeline } from "./audit-pipeline.js";
import type { AuditRule } from "./audit-rule.js";
import { JsonRecord } from "./json-record.js";
import { ObjectReference } from "./object-reference.js";
import { quote } from "./quote.js";
import { sourceIPs } from "./source-ips.js";
import { statusJson, type ToldStatus } from "./status-json.js";
import { userAgentJson } from "./user-agent-json.js";
import { userJson } from "./user-json.js";
import { withoutManagedFields } from "./without-managed-fields.js";

/** What is told of one request, once the policy has said that something is. */
interface Telling {
  readonly context: RequestContext;
  readonly rule: AuditRule;
  readonly pipeline: AuditPipeline;
  readonly user: UserInfo;
  /** Everything up to the stage. */
  readonly head: string;
  /** From the stage to the user. */
  readonly about: string;
  /** Addresses and user agent. */
  readonly origin: string;
  readonly receivedAt: string;
  readonly reference: ObjectReference;
}

/**
 * The audit of one request: collects what filters, plugins and handlers say, and makes the events. Before the policy was
 * asked it collects annotations; when nothing is told it does nothing at all.
 */
export class ServerAuditTrail implements AuditTrail {
  #telling: Telling | undefined;
  #closed: boolean;
  #annotations: string[] | undefined;
  #status: ToldStatus | undefined;
  /** Of the answer, once it has begun; 0 before. */
  #code = 0;
  #requestObject: string | undefined;
  #responseObject: string | undefined;
  #started = false;

  constructor(
    readonly id: string,
    listening: boolean,
  ) {
    this.#closed = !listening;
  }

  annotate(key: string, value: string): void {
    if (this.#closed) return;
    if (this.#annotations === undefined) this.#annotations = [key, value];
    else this.#annotations.push(key, value);
  }

  /** True when the answer's object is wanted. */
  get tellsResponse(): boolean {
    return this.#telling?.rule.tellsResponse === true;
  }

  /** Nothing is told of this request. */
  close(): void {
    this.#closed = true;
  }

  /** Something is told of this request, by its rule. */
  open(context: RequestContext, rule: AuditRule, pipeline: AuditPipeline): void {
    const { state, req } = context;
    const { requestInfo } = state;
    const user = state.impersonator ?? state.user;
    const ips = sourceIPs(context);
    this.#telling = {
      context,
      rule,
      pipeline,
      user,
      head: `{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"${rule.level}","auditID":${quote(this.id)},"stage":"`,
      about: `","requestURI":${quote(req.url ?? "")},"verb":${quote(requestInfo.verb)},"user":${userJson(user)}`,
      origin: `${ips.length === 0 ? "" : `,"sourceIPs":["${ips.join('","')}"]`}${userAgentJson(req.headers["user-agent"])}`,
      receivedAt: pipeline.clock.text(state.receivedAt),
      reference: new ObjectReference(requestInfo),
    };
  }

  /** The object in the body of a request. Its text is made at once, since admission may change it. */
  requestObject(object: JsonObject): void {
    const telling = this.#telling;
    if (telling === undefined) return;
    telling.reference.complete(object);
    const { tellsRequest, omitManagedFields } = telling.rule;
    if (!tellsRequest) return;
    this.#requestObject = escapeJson(JSON.stringify(omitManagedFields ? withoutManagedFields(object) : object));
  }

  /** The options in the body of a delete, which are no object of the path. */
  requestOptions(options: JsonObject): void {
    if (this.#telling?.rule.tellsRequest === true) this.#requestObject = escapeJson(JSON.stringify(options));
  }

  /** The patch in the body of a request; one that is no JSON is told as a text. */
  requestPatch(bytes: Buffer): void {
    if (this.#telling?.rule.tellsRequest !== true) return;
    const text = bytes.toString("utf8");
    try {
      this.#requestObject = escapeJson(JSON.stringify(JSON.parse(text)));
    } catch {
      this.#requestObject = quote(text);
    }
  }

  /** The answer is this Status. */
  responseStatus(status: Status): void {
    const telling = this.#telling;
    if (telling === undefined) return;
    this.#status = status;
    if (telling.rule.tellsResponse) this.#responseObject = escapeJson(JSON.stringify(status));
  }

  /** The caller is not known; the Status that the answer carries says less. */
  refused(status: ToldStatus): void {
    this.#status = status;
  }

  /** The answer is this object or list, in compact JSON. */
  responseObject(json: string): void {
    const telling = this.#telling;
    if (telling?.rule.tellsResponse !== true) return;
    this.#responseObject = telling.rule.omitManagedFields
      ? escapeJson(JSON.stringify(withoutManagedFields(JSON.parse(json))))
      : json;
  }

  /** The request has come; false when it must not go on. */
  received(): boolean | Promise<boolean> {
    return this.#tell("RequestReceived");
  }

  /** The answer has begun; only told of requests that last. */
  started(code: number): boolean | Promise<boolean> {
    if (this.#telling === undefined || this.#started) return true;
    this.#started = true;
    this.#code = code;
    return this.#tell("ResponseStarted");
  }

  /** The answer is whole. */
  completed(code: number): boolean | Promise<boolean> {
    const telling = this.#telling;
    if (telling === undefined) return true;
    this.#code = code;
    if (telling.context.state.longRunning && !this.#started) {
      const started = this.started(code);
      if (started instanceof Promise) return started.then(() => this.#tell("ResponseComplete"));
    }
    return this.#tell("ResponseComplete");
  }

  /** The client went before it had an answer. */
  abandoned(): boolean | Promise<boolean> {
    this.#status ??= { status: "Success", message: "Connection closed early", code: 200 };
    return this.completed(200);
  }

  /** Something failed that should not have. */
  panicked(error: unknown): boolean | Promise<boolean> {
    const message = `APIServer panic'd: ${reasonOf(error)}`;
    this.#status = { status: "Failure", message, reason: "InternalError", code: 500 };
    this.#code = 500;
    return this.#tell("Panic");
  }

  #tell(stage: AuditStage): boolean | Promise<boolean> {
    const telling = this.#telling;
    if (telling === undefined || telling.rule.omitStages.has(stage)) return true;
    return telling.pipeline.deliver(new JsonRecord(this.#json(telling, stage)));
  }

  #json(telling: Telling, stage: AuditStage): string {
    const { head, about, origin, receivedAt, reference, pipeline } = telling;
    const at = stage === "RequestReceived" ? receivedAt : pipeline.clock.text(performance.now());
    const status = this.#code === 0 ? "" : `,"responseStatus":${statusJson(this.#status, this.#code)}`;
    const request = this.#requestObject === undefined ? "" : `,"requestObject":${this.#requestObject}`;
    const response = this.#responseObject === undefined ? "" : `,"responseObject":${this.#responseObject}`;
    const times = `,"requestReceivedTimestamp":"${receivedAt}","stageTimestamp":"${at}"`;
    return `${head}${stage}${about}${this.#impersonated(telling)}${origin}${reference.json}${status}${request}${response}${times}${annotationsJson(this.#annotations)}}`;
  }

  #impersonated({ context, user }: Telling): string {
    const { state } = context;
    if (state.impersonator === undefined || state.user === user) return "";
    const { impersonationConstraint } = state;
    const metadata =
      impersonationConstraint === undefined
        ? ""
        : `,"authenticationMetadata":{"impersonationConstraint":${quote(impersonationConstraint)}}`;
    return `,"impersonatedUser":${userJson(state.user)}${metadata}`;
  }
}

/** The trail of requests before the audit-init filter, and of those that nobody listens to. */
export const SILENT_TRAIL = new ServerAuditTrail("", false);
