/** The verbs a custom subresource may answer: POST, GET, PUT, PATCH, DELETE; the last two only one that is connected to. */
export type SubresourceVerb = "create" | "get" | "update" | "patch" | "delete";
