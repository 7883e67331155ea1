import {
  inputMessage,
  negotiate,
  objectMessage,
  type Purpose,
  type Representation,
  scaleMessage,
} from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";

function asksForProtobuf({ req }: ServerContext): boolean {
  return req.headers.accept?.includes("protobuf") === true;
}

/** How the objects of a route are answered: in protobuf only when their kind has a message. */
export function negotiateRoute(context: ServerContext, purpose: Purpose, route: ResourceRoute): Representation {
  // Few clients ask for it, and a message is made when it is first asked for.
  if (!asksForProtobuf(context)) return negotiate(context, purpose);
  return negotiate(context, purpose, objectMessage(route.resource.descriptor, route.version) !== undefined);
}

/** The same for `/scale`. */
export function negotiateScale(context: ServerContext, { resource }: ResourceRoute): Representation {
  return negotiate(context, "document", scaleMessage(resource.descriptor) !== undefined);
}

/** The same for a custom subresource, whose answer may be of the kind of its input. */
export function negotiateSubresource(context: ServerContext, route: ResourceRoute): Representation {
  const { resource, version, subresource } = route;
  if (!asksForProtobuf(context)) return negotiate(context, "object");
  const declared = version.subresources.get(subresource);
  const own = declared === undefined ? undefined : inputMessage(resource.descriptor, declared);
  return negotiate(context, "object", (own ?? objectMessage(resource.descriptor, version)) !== undefined);
}
