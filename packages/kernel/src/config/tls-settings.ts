import { nearest } from "@quarterdeck/scheme";
import { CIPHER_SUITES, cipherSuiteProblem } from "./cipher-suites.js";
import { ConfigError } from "./config-error.js";
import type { ResolvedServer } from "./resolved-config.js";
import type { ServerOptions } from "./server-options.js";

/** The part of the `server` section that TLS reads. */
export type TlsSettings = Pick<
  ResolvedServer,
  | "certificate"
  | "certificateKey"
  | "clientCa"
  | "requestHeaderCa"
  | "sniCertificates"
  | "tlsMinVersion"
  | "tlsCipherSuites"
>;

function checkPair({ certificate, certificateKey }: ServerOptions, file: string): void {
  if ((certificate === undefined) === (certificateKey === undefined)) return;
  const [has, lacks, value] =
    certificate === undefined
      ? (["certificateKey", "certificate", certificateKey] as const)
      : (["certificate", "certificateKey", certificate] as const);
  throw new ConfigError(`needs server.${lacks} beside it`, { path: `server.${has}`, value, file });
}

function checkCipherSuites(names: readonly string[], file: string): void {
  for (const [index, name] of names.entries()) {
    const problem = cipherSuiteProblem(name);
    if (problem === undefined) continue;
    const place = { path: `server.tlsCipherSuites[${index}]`, value: name, file };
    throw new ConfigError(problem, { ...place, nearest: nearest(name, CIPHER_SUITES) });
  }
}

/** A DNS name, or one with a wildcard for its first label. */
const NAME = /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/;

function namesOf(names: readonly string[] | undefined, path: string, file: string): readonly string[] | undefined {
  if (names === undefined || names.length === 0) return undefined;
  return names.map((one, index) => {
    const name = one.toLowerCase();
    if (NAME.test(name)) return name;
    throw new ConfigError("must be a DNS name, or *. and one", { path: `${path}[${index}]`, value: one, file });
  });
}

/** Checks what TLS reads of the config and makes its paths absolute; files are not looked at. */
export function tlsSettings(options: ServerOptions, absolute: (path: string) => string, file: string): TlsSettings {
  checkPair(options, file);
  checkCipherSuites(options.tlsCipherSuites, file);
  const path = (one: string | undefined): string | undefined => (one === undefined ? undefined : absolute(one));
  return {
    certificate: path(options.certificate),
    certificateKey: path(options.certificateKey),
    clientCa: path(options.clientCa),
    requestHeaderCa: path(options.requestHeaderCa),
    sniCertificates: Object.freeze(
      options.sniCertificates.map(({ certificate, certificateKey, names }, index) =>
        Object.freeze({
          certificate: absolute(certificate),
          certificateKey: absolute(certificateKey),
          names: namesOf(names, `server.sniCertificates[${index}].names`, file),
        }),
      ),
    ),
    tlsMinVersion: options.tlsMinVersion,
    tlsCipherSuites: Object.freeze([...options.tlsCipherSuites]),
  };
}
