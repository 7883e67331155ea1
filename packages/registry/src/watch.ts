import type { ResourceWatch, WatchOptions } from "@quarterdeck/storage";
import type { ReadQuery } from "./query/read-query.js";
import { selectObjects } from "./query/select-objects.js";
import { validateWatchQuery } from "./query/validate-read-query.js";
import type { ReadRequest, RegistryResource } from "./registry-resource.js";

/** Where the events of a watch go; calls are synchronous and in revision order. */
export type WatchDelivery = Pick<
  WatchOptions,
  "onChange" | "onBookmark" | "onEnd" | "drained" | "lane" | "onLane" | "onLive"
>;

/** GET of a collection with `watch`: the changes of the objects that the selectors choose, until it is closed. */
export async function watchObjects(
  resource: RegistryResource,
  request: ReadRequest,
  query: ReadQuery,
  delivery: WatchDelivery,
): Promise<ResourceWatch> {
  validateWatchQuery(query);
  const { namespace, name, predicate } = selectObjects(resource.descriptor, request, query);
  return resource.store.watch({
    namespace,
    name,
    predicate,
    resourceVersion: query.resourceVersion === "" ? undefined : query.resourceVersion,
    sendInitialEvents: query.sendInitialEvents,
    allowBookmarks: query.allowWatchBookmarks,
    signal: request.signal,
    onChange: (type, change) => delivery.onChange(type, change),
    onBookmark: (revision, initialEventsEnd) => delivery.onBookmark(revision, initialEventsEnd),
    onEnd: (error) => delivery.onEnd(error),
    drained: () => delivery.drained?.(),
    lane: delivery.lane,
    onLane: (joined) => delivery.onLane?.(joined),
    onLive: () => delivery.onLive?.(),
  });
}
