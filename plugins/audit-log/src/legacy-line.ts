import type { AuditEvent, AuditUser } from "@quarterdeck/sdk";

function quotedList(values: readonly string[] | undefined, none: string): string {
  if (values === undefined || values.length === 0) return none;
  return JSON.stringify(values.map((one) => JSON.stringify(one)).join(","));
}

function nameOf(user: AuditUser | undefined, none: string): string {
  return user?.username === undefined || user.username === "" ? none : user.username;
}

/** An event in upstream's format `legacy`: `2026-… AUDIT: id="…" stage="…" ip="…" method="…" user="…" …`. */
export function legacyLine(event: AuditEvent): string {
  const { user, impersonatedUser, objectRef, sourceIPs, userAgent = "" } = event;
  const { code }: { readonly code?: unknown } = event.responseStatus ?? {};
  const parts = {
    id: event.auditID,
    stage: event.stage,
    ip: sourceIPs?.[0] ?? "<unknown>",
    method: event.verb,
    user: nameOf(user, "<none>"),
  };
  const tail = {
    "user-agent": userAgent,
    namespace: objectRef?.namespace ?? "<none>",
    uri: event.requestURI,
    response: code === undefined ? "<deferred>" : String(code),
  };
  const texts = (all: { readonly [key: string]: string }) =>
    Object.entries(all).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return [
    `${event.requestReceivedTimestamp} AUDIT:`,
    ...texts(parts),
    `groups=${quotedList(user.groups, '"<none>"')}`,
    ...texts({ as: nameOf(impersonatedUser, "<self>") }),
    `asgroups=${quotedList(impersonatedUser?.groups, '"<lookup>"')}`,
    ...texts(tail),
  ].join(" ");
}
