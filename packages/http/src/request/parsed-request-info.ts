import type { RequestInfo, RequestVerb } from "@quarterdeck/sdk";

/** The request info of a path that names no resource, before anything is known. */
export const NON_RESOURCE: RequestInfo = Object.freeze({
  isResourceRequest: false,
  path: "",
  verb: "",
  apiPrefix: "",
  apiGroup: "",
  apiVersion: "",
  namespace: "",
  resource: "",
  subresource: "",
  name: "",
  parts: Object.freeze([]),
  fieldSelector: "",
  labelSelector: "",
});

/** What `parseRequestInfo` fills in; a class, so that all requests share one shape. */
export class ParsedRequestInfo implements RequestInfo {
  isResourceRequest = false;
  verb: RequestVerb = "";
  apiPrefix = "";
  apiGroup = "";
  apiVersion = "";
  namespace = "";
  resource = "";
  subresource = "";
  name = "";
  fieldSelector = "";
  labelSelector = "";
  /** True when the path itself names an object: a field selector that fixes the name does not. */
  named = false;
  /** True when the parts lie below `/namespaces/<namespace>/`; the path of a namespace itself has a namespace too. */
  scoped = false;
  /** True when the path goes on behind the subresource. */
  deeper = false;
  /** True for `/api/v1/watch/…`. */
  legacyVerb = false;
  /** Where the parts begin and end in the path. */
  partsStart = 0;
  partsEnd = 0;

  constructor(readonly path: string) {}

  get parts(): readonly string[] {
    return this.isResourceRequest ? this.path.slice(this.partsStart, this.partsEnd).split("/") : [];
  }
}
