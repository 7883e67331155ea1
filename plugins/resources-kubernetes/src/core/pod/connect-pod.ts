import { FieldErrors, IpAddress, StatusError } from "@quarterdeck/meta";
import { Access, type ConnectContext } from "@quarterdeck/sdk";
import { isGlobalUnicast } from "../global-unicast.js";
import { kubeletAddress } from "../kubelet-address.js";
import { joinHostPort } from "../node/node-address.js";
import { containersOf } from "./containers-of.js";
import type { PodLogOptions } from "./pod-options.js";
import type { PodParts } from "./prepare-pod.js";

const NEGATIVE = "must be greater than or equal to 0";
const NOT_POSITIVE = "must be greater than 0";

/** The container that is meant: the only one, if none is named. 400 when that is not clear. */
function containerOf({ metadata, spec }: PodParts, asked = ""): string {
  const { name = "" } = metadata;
  const all = containersOf(spec).map(({ container }) => container.name);
  if (asked !== "") {
    if (all.includes(asked)) return asked;
    throw StatusError.badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const [first, ...others] = spec.containers ?? [];
  if (first !== undefined && others.length === 0) return first.name;
  const choice = first === undefined ? "" : `, choose one of: [${all.join(" ")}]`;
  throw StatusError.badRequest(`a container name must be specified for pod ${name}${choice}`);
}

/** Nobody listens there as long as connections are not passed on. */
function refused(host: string): string {
  return `dial tcp ${host}: connect: connection refused`;
}

/** WebSockets begin with a GET, for which the right to create is asked all the same. */
async function requireCreate({ metadata }: PodParts, subresource: string, context: ConnectContext): Promise<void> {
  const access = context.services.find(Access);
  if (context.verb === "create" || access === undefined) return;
  const { name = "", namespace = "" } = metadata;
  const verdict = await access.authorize({
    user: context.user,
    verb: "create",
    isResourceRequest: true,
    apiGroup: "",
    apiVersion: "v1",
    namespace,
    resource: "pods",
    subresource,
    name,
    path: "",
    fieldSelector: "",
    labelSelector: "",
  });
  if (!verdict.allowed) throw StatusError.forbidden({ group: "", resource: "pods" }, name, verdict.reason);
}

/**
 * `exec`, `attach` and `portforward`: upstream's `streamLocation` and what stands before and behind it. 400 for a pod without a
 * node and for a request that is no upgrade, 500 for a kubelet that does not answer.
 */
export async function streamPod(
  pod: PodParts,
  stream: { readonly subresource: "exec" | "attach" | "portforward"; readonly container?: string | undefined },
  context: ConnectContext,
): Promise<never> {
  await requireCreate(pod, stream.subresource, context);
  if (stream.subresource !== "portforward") containerOf(pod, stream.container);
  const { nodeName = "" } = pod.spec;
  if (nodeName === "") throw StatusError.badRequest(`pod ${pod.metadata.name ?? ""} does not have a host assigned`);
  const host = await kubeletAddress(context.services, nodeName);
  if (context.exchange.req.headers.upgrade === undefined) throw StatusError.badRequest("Upgrade request required");
  throw StatusError.of(500, undefined, `error dialing backend: ${refused(host)}`);
}

function checkLogOptions(
  name: string,
  { tailLines, limitBytes, sinceSeconds, sinceTime, stream }: PodLogOptions,
): void {
  const errors = new FieldErrors();
  if (tailLines !== undefined && tailLines < 0) errors.invalid("tailLines", tailLines, NEGATIVE);
  if (limitBytes !== undefined && limitBytes < 1) errors.invalid("limitBytes", limitBytes, NOT_POSITIVE);
  if (sinceSeconds !== undefined && sinceTime !== undefined)
    errors.forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified");
  else if (sinceSeconds !== undefined && sinceSeconds < 1) errors.invalid("sinceSeconds", sinceSeconds, NOT_POSITIVE);
  if (stream !== undefined) errors.forbidden("stream", "may not be specified");
  if (!errors.empty) throw StatusError.invalid({ group: "", kind: "PodLogOptions" }, name, errors.list);
}

/** The query that kubelets are sent, in the order of Go's `url.Values`. */
function logQuery(options: PodLogOptions): string {
  const { follow, limitBytes, previous, sinceSeconds, sinceTime, tailLines, timestamps } = options;
  const query = new URLSearchParams();
  if (follow === true) query.set("follow", "true");
  if (limitBytes !== undefined) query.set("limitBytes", String(limitBytes));
  if (previous === true) query.set("previous", "true");
  if (sinceSeconds !== undefined) query.set("sinceSeconds", String(sinceSeconds));
  if (sinceTime !== undefined) query.set("sinceTime", sinceTime);
  if (tailLines !== undefined) query.set("tailLines", String(tailLines));
  if (timestamps === true) query.set("timestamps", "true");
  return query.size === 0 ? "" : `?${query}`;
}

/**
 * `log`: upstream's `LogLocation`. 204 for a pod without a node, which has written nothing yet; 422 for options that are no
 * options; 500 for a kubelet that does not answer.
 */
export async function logOfPod(pod: PodParts, options: PodLogOptions, context: ConnectContext): Promise<void> {
  const { name = "", namespace = "" } = pod.metadata;
  checkLogOptions(name, options);
  const container = containerOf(pod, options.container);
  const { nodeName = "" } = pod.spec;
  if (nodeName === "") {
    context.exchange.res.writeHead(204).end();
    return;
  }
  const host = await kubeletAddress(context.services, nodeName);
  const url = `https://${host}/containerLogs/${namespace}/${name}/${container}${logQuery(options)}`;
  throw StatusError.of(500, undefined, `Get ${JSON.stringify(url)}: ${refused(host)}`);
}

function firstPort({ spec }: PodParts): number | undefined {
  return (spec.containers ?? []).find(({ ports = [] }) => ports.length > 0)?.ports?.[0]?.containerPort;
}

/**
 * `proxy`: upstream's `ResourceLocation`. 400 for a pod that has no address, or one that only it may know; 503 when nobody
 * answers there.
 */
export function proxyToPod(pod: PodParts, { address: { scheme, port } }: ConnectContext): never {
  const ip = pod.status.podIPs?.[0]?.ip ?? "";
  if (!isGlobalUnicast(ip)) throw StatusError.badRequest("address not allowed");
  const target = port || firstPort(pod) || (scheme === "https" ? 443 : 80);
  const host = joinHostPort(String(IpAddress.parse(ip) ?? ip), target);
  throw StatusError.of(503, "ServiceUnavailable", `error trying to reach service: ${refused(host)}`);
}
