import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Logger } from "@quarterdeck/sdk";
import { lineOf } from "../config/config-error.js";
import type { ResolvedServer } from "../config/resolved-config.js";
import type { FileWatches } from "../files/file-watches.js";
import { type ServerCertificates, serverCertificates } from "./server-certificates.js";

/** How often a running server looks whether its own certificates are to be renewed, in milliseconds. */
const PERIOD = 3_600_000;

/** What a {@link CertificateKeeper} works with. */
export interface CertificateKeeperOptions {
  readonly server: ResolvedServer;
  readonly files: FileWatches;
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Puts certificates in place; what it throws keeps the ones before. */
  readonly apply: (certificates: ServerCertificates) => void | Promise<void>;
}

/** The files that a server reads certificates from. */
function certificateFiles(server: ResolvedServer): readonly string[] {
  const own = ["ca", "front-proxy-ca", "serving"].flatMap((name) => [`${name}.crt`, `${name}.key`]);
  const { certificate, certificateKey, clientCa, requestHeaderCa, sniCertificates } = server;
  const sni = sniCertificates.flatMap((one) => [one.certificate, one.certificateKey]);
  const named = [certificate, certificateKey, clientCa, requestHeaderCa, ...sni];
  const folder = join(server.data, "pki");
  return [...new Set([...own.map((file) => join(folder, file)), ...named.flatMap((path) => path ?? [])])];
}

/**
 * Keeps the certificates of a running server up to date: reads them again when a file changes, renews what the server has
 * made itself before it expires. What cannot be used (a certificate whose key has not been replaced yet) leaves the ones
 * before in place, and says why.
 */
export class CertificateKeeper {
  #queue: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly options: CertificateKeeperOptions,
    private current: ServerCertificates,
  ) {}

  start(): void {
    const again = (): void => void this.refresh();
    for (const path of certificateFiles(this.options.server)) this.options.files.watch(path, again);
    this.#timer = setInterval(again, PERIOD).unref();
  }

  /** Resolves when what is due now is done; never rejects. */
  refresh(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#refresh());
    return this.#queue;
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#queue;
  }

  async #refresh(): Promise<void> {
    if (this.#stopped) return;
    const { server, logger, apply, now = () => new Date() } = this.options;
    try {
      const found = await serverCertificates(server, now(), { running: true });
      const { issued: _now, ...next } = found;
      const { issued: _before, ...before } = this.current;
      if (isDeepStrictEqual(next, before)) return;
      await apply(found);
      this.current = found;
      logger.info("the changed certificates are in place", { renewed: found.issued });
    } catch (error) {
      const reason = lineOf(error);
      logger.error("the changed certificates are not taken, those before stay", { reason });
    }
  }
}
