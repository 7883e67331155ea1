import { StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import { parseAccept, sendBytes } from "@quarterdeck/wire";
import { acceptsType } from "../discovery/accepts-type.js";
import { sendHashed } from "../discovery/hashed-document.js";
import type { OpenApiCache } from "./openapi-cache.js";
import type { OpenApiInfo } from "./openapi-document.js";

/** The OpenAPI documents as routes. */
export interface OpenApiRoutes {
  /** The paths for the list at `/`. */
  readonly paths: readonly string[];
  /**
   * Answers `/openapi/v2`, `/openapi/v3` and the documents below it; false, and nothing touched, for any other path.
   * Rejects with a `StatusError` for a method other than GET and HEAD (405) and for an unknown media type (406).
   */
  handle(context: RequestContext): Promise<boolean>;
}

const JSON_TYPE = "application/json";
/** Clients ask under either name; the answer has the first, since the other is no valid media type. */
const PROTOBUF_V2_TYPES = [
  "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
  "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
] as const;
const PROTOBUF_V3_TYPES = [
  "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
  "application/com.github.proto-openapi.spec.v3@v1.0+protobuf",
] as const;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const NOTHING = Buffer.alloc(0);

function negotiated(context: RequestContext, offered: readonly string[]): string {
  const accept = context.get("accept");
  for (const clause of parseAccept(accept === "" ? "*/*" : accept)) {
    const mediaType = offered.find((candidate) => acceptsType(clause, candidate));
    if (mediaType !== undefined) return mediaType;
  }
  throw StatusError.notAcceptable(`only the following media types are accepted: ${offered.join(", ")}`);
}

async function sendV2(context: RequestContext, cache: OpenApiCache): Promise<void> {
  const mediaType = negotiated(context, [JSON_TYPE, ...PROTOBUF_V2_TYPES]);
  const { etag, bytes } = cache.v2();
  if (mediaType === JSON_TYPE) return sendHashed(context, etag, { "Content-Type": JSON_TYPE }, bytes);
  return sendHashed(context, etag, { "Content-Type": PROTOBUF_V2_TYPES[0] }, await cache.v2Protobuf());
}

async function sendV3(context: RequestContext, cache: OpenApiCache, name: string): Promise<boolean> {
  const document = cache.v3(name);
  if (document === undefined) return false;
  const inJson = negotiated(context, [JSON_TYPE, ...PROTOBUF_V3_TYPES]) === JSON_TYPE;
  const headers: { [name: string]: string } = { "Content-Type": inJson ? JSON_TYPE : PROTOBUF_V3_TYPES[0] };
  const asked = new URLSearchParams(context.querystring).get("hash") ?? "";
  if (asked !== "" && asked !== document.hash) {
    const location = cache.address(name, document);
    await sendBytes(context, 301, { ...headers, ETag: document.etag, Location: location, Vary: "Accept" }, NOTHING);
    return true;
  }
  if (asked !== "") {
    headers["Cache-Control"] = "public, immutable";
    headers.Expires = new Date(Date.now() + YEAR_MS).toUTCString();
  }
  const bytes = inJson ? document.bytes : await cache.v3Protobuf(name, document);
  await sendHashed(context, document.etag, headers, bytes);
  return true;
}

/** OpenAPI v2 and v3 over the served versions of all resources. Nothing is loaded or built before the first request. */
export function createOpenApi(descriptors: readonly ResourceDescriptor[], info: OpenApiInfo): OpenApiRoutes {
  let loading: Promise<OpenApiCache> | undefined;
  const load = async (): Promise<OpenApiCache> => {
    const { OpenApiCache: Cache } = await import("./openapi-cache.js");
    return new Cache(descriptors, info);
  };
  return {
    paths: ["/openapi/v2", "/openapi/v3", "/openapi/v3/"],
    async handle(context) {
      const { path } = context;
      if (path !== "/openapi/v2" && path !== "/openapi/v3" && !path.startsWith("/openapi/v3/")) return false;
      if (context.method !== "GET" && context.method !== "HEAD") throw StatusError.methodNotAllowed();
      loading ??= load();
      const cache = await loading;
      const name = path.slice("/openapi/v3/".length);
      if (path === "/openapi/v2") {
        await sendV2(context, cache);
      } else if (name === "") {
        const { etag, bytes } = cache.index();
        await sendHashed(context, etag, { "Content-Type": JSON_TYPE }, bytes);
      } else {
        return sendV3(context, cache, name);
      }
      return true;
    },
  };
}
