import { StatusError } from "@quarterdeck/meta";
import { type ConnectRequest, connectSubresource as connect } from "@quarterdeck/registry";
import type { RequestInfo, SubresourceVerb } from "@quarterdeck/sdk";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import { sendAnswer } from "./send-answer.js";
import { connectRequest } from "./write-request.js";

const VERBS: ReadonlyMap<string, SubresourceVerb> = new Map([
  ["POST", "create"],
  ["PUT", "update"],
  ["PATCH", "patch"],
  ["DELETE", "delete"],
]);
/** Resource, name and subresource. */
const PARTS_BEFORE_PATH = 3;

/** A method that is connected to neither answered nor returned an answer. */
class UnansweredError extends Error {
  override readonly name = "UnansweredError";
}

/** A subresource that is connected to: 200 with what its method returned, or whatever that answered itself. */
export async function connectSubresource(context: ServerContext, route: ResourceRoute): Promise<void> {
  const { method, state } = context;
  if (state.query.has("dryRun")) throw StatusError.badRequest("dryRun is not supported");
  const asked: ConnectRequest = {
    verb: VERBS.get(method) ?? "get",
    method,
    path: pathBehind(state.requestInfo),
    query: state.query,
    exchange: context,
  };
  const answer = await connect(route.resource, connectRequest(context, route), route.subresource, asked);
  if (answer !== undefined) return sendAnswer(context, route, 200, answer);
  if (context.res.headersSent) return;
  throw new UnansweredError(`${route.resource.descriptor.resource}/${route.subresource} has not answered`);
}

/** Where the path goes on behind the subresource, its last slash kept, as upstream's `getRequestOptions` has it. */
function pathBehind({ parts, path }: RequestInfo): string {
  const rest = parts.slice(PARTS_BEFORE_PATH).join("/");
  const start = rest === "" || rest.startsWith("/") ? rest : `/${rest}`;
  return path.endsWith("/") && !start.endsWith("/") ? `${start}/` : start;
}
