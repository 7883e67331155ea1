import { isJsonObject, type JsonObject, type JsonValue, type KubeObject, type UserInfo } from "@quarterdeck/meta";

/** A CertificateSigningRequest as controllers read it. */
export interface CertificateRequest {
  readonly object: KubeObject;
  readonly name: string;
  readonly signerName: string;
  /** PEM. */
  readonly request: string;
  readonly usages: readonly string[];
  readonly expirationSeconds: number | undefined;
  /** Who asked. */
  readonly user: UserInfo;
  /** By type; of several the last. */
  readonly conditions: ReadonlyMap<string, JsonObject>;
  /** PEM; empty until it is issued. */
  readonly certificate: string;
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function texts(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function plain(value: JsonValue | undefined): string {
  return Buffer.from(text(value), "base64").toString("latin1");
}

/** Reads an object of `certificates.k8s.io`. */
export function certificateRequest(object: KubeObject): CertificateRequest {
  const { spec: said, status: known } = object;
  const spec: JsonObject = isJsonObject(said) ? said : {};
  const status: JsonObject = isJsonObject(known) ? known : {};
  const extra = isJsonObject(spec.extra) ? spec.extra : {};
  const conditions = Array.isArray(status.conditions) ? status.conditions.filter(isJsonObject) : [];
  return {
    object,
    name: object.metadata.name ?? "",
    signerName: text(spec.signerName),
    request: plain(spec.request),
    usages: texts(spec.usages),
    expirationSeconds: typeof spec.expirationSeconds === "number" ? spec.expirationSeconds : undefined,
    user: {
      name: text(spec.username),
      ...(spec.uid === undefined ? {} : { uid: text(spec.uid) }),
      groups: texts(spec.groups),
      extra: Object.fromEntries(Object.entries(extra).map(([key, values]) => [key, texts(values)])),
    },
    conditions: new Map(conditions.map((one) => [text(one.type), one])),
    certificate: plain(status.certificate),
  };
}
