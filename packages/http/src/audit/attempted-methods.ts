import type { RequestContext } from "@quarterdeck/sdk";

/** What a refused caller tried, in the words of upstream's event; nothing of the credential itself. */
export function attemptedMethods(context: RequestContext, hasCertificate: boolean): string {
  const methods: string[] = [];
  const authorization = (context.req.headers.authorization ?? "").trim();
  const [scheme = "", ...rest] = authorization.split(" ");
  const named = scheme.toLowerCase();
  if (rest.length > 0 && (named === "basic" || named === "bearer")) methods.push(named);
  if (
    context.querystring.includes("access_token") &&
    (new URLSearchParams(context.querystring).get("access_token") ?? "").trim() !== ""
  )
    methods.push("access_token");
  if (hasCertificate) methods.push("x509");
  if (methods.length === 0) return "Authentication failed, no credentials provided";
  return `Authentication failed, attempted: ${methods.join(", ")}`;
}
