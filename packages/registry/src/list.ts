import { StatusError } from "@quarterdeck/meta";
import type { ListPage } from "@quarterdeck/storage";
import type { ReadQuery } from "./query/read-query.js";
import { selectObjects } from "./query/select-objects.js";
import { validateListQuery } from "./query/validate-read-query.js";
import type { ReadRequest, RegistryResource } from "./registry-resource.js";

/** GET of a collection: one page of the objects that the selectors choose. 400 and 422 for a query that says nonsense. */
export async function listObjects(
  resource: RegistryResource,
  request: ReadRequest,
  query: ReadQuery,
): Promise<ListPage> {
  validateListQuery(query);
  if (query.continueToken !== "" && query.resourceVersion !== "" && query.resourceVersion !== "0") {
    throw StatusError.badRequest("specifying resource version is not allowed when using continue");
  }
  const selection = selectObjects(resource.descriptor, request, query);
  return resource.store.list({
    ...selection,
    limit: query.limit,
    continueToken: query.continueToken === "" ? undefined : query.continueToken,
    resourceVersion: query.resourceVersion === "" ? undefined : query.resourceVersion,
    resourceVersionMatch: query.resourceVersionMatch,
    signal: request.signal,
  });
}
