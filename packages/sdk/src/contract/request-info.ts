/** The verbs that authorization, audit and metrics know. */
export type RequestVerb =
  | "get"
  | "list"
  | "watch"
  | "create"
  | "update"
  | "patch"
  | "delete"
  | "deletecollection"
  | "proxy"
  | (string & {});

/**
 * What a request asks for, read once from method, path and query; upstream's `apiserver/pkg/endpoints/request.RequestInfo`.
 * For a non-resource request `verb` is the lower-case HTTP method and only `path` is set.
 */
export interface RequestInfo {
  readonly isResourceRequest: boolean;
  readonly path: string;
  readonly verb: RequestVerb;
  /** `api` or `apis`. */
  readonly apiPrefix: string;
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  /** The path below the version, without the namespace: resource, name, subresource and what follows. */
  readonly parts: readonly string[];
  readonly fieldSelector: string;
  readonly labelSelector: string;
}
