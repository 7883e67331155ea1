import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { ClientCertificates, type PresentedCertificate } from "@quarterdeck/sdk";
import { presentedChain, trustedUntil } from "./trusted-chain.js";

/** Bundles of certificates, all PEM. */
export interface TrustedAuthorities {
  readonly clientCas: readonly string[];
  readonly frontProxyCas: readonly string[];
}

interface Verdict {
  readonly presented: PresentedCertificate | undefined;
  /** Milliseconds since 1970 at which it has to be found anew. */
  readonly until: number;
}

/** Chains that are remembered for connections that resume a TLS session. */
const MAX_CHAINS = 1000;

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function parse(bundles: readonly string[]): readonly X509Certificate[] {
  return bundles.flatMap((bundle) => bundle.match(PEM_CERTIFICATE) ?? []).map((pem) => new X509Certificate(pem));
}

/**
 * Looks at the certificate of each connection once, and again when the authorities have changed or a part of its chain has
 * expired: a connection that stays open outlives neither, as upstream's does not.
 */
export class ConnectionCertificates extends ClientCertificates {
  #clientCas: readonly X509Certificate[] = [];
  #frontProxyCas: readonly X509Certificate[] = [];
  #verdicts = new WeakMap<TLSSocket, Verdict>();
  /** By the certificate's fingerprint: a resumed TLS session no longer holds what the client sent along with it. */
  readonly #chains = new Map<string, readonly X509Certificate[]>();

  constructor(
    authorities: TrustedAuthorities,
    private readonly now: () => number = Date.now,
  ) {
    super();
    this.replace(authorities);
  }

  /** Counts from the next request on, for open connections too; throws, and changes nothing, for a bundle that is not PEM. */
  replace({ clientCas, frontProxyCas }: TrustedAuthorities): void {
    const clients = parse(clientCas);
    this.#frontProxyCas = parse(frontProxyCas);
    this.#clientCas = clients;
    this.#verdicts = new WeakMap();
  }

  of(socket: TLSSocket): PresentedCertificate | undefined {
    const now = this.now();
    let verdict = this.#verdicts.get(socket);
    if (verdict === undefined || now > verdict.until) {
      verdict = this.#judge(socket, now);
      this.#verdicts.set(socket, verdict);
    }
    return verdict.presented;
  }

  #judge(socket: TLSSocket, now: number): Verdict {
    const certificate = socket.getPeerCertificate();
    // Node answers an empty object when the client sent no certificate, and null once the connection is gone.
    if (certificate === null || certificate.subject === undefined) {
      return { presented: undefined, until: Number.POSITIVE_INFINITY };
    }
    const leaf = socket.authorized ? socket.getPeerX509Certificate() : undefined;
    const chain = leaf === undefined ? [] : this.#chainOf(leaf);
    const client = trustedUntil(chain, this.#clientCas, now);
    const frontProxy = trustedUntil(chain, this.#frontProxyCas, now);
    if (leaf !== undefined && (client ?? frontProxy) !== undefined) this.#remember(leaf.fingerprint256, chain);
    const until = Math.min(client ?? Number.POSITIVE_INFINITY, frontProxy ?? Number.POSITIVE_INFINITY);
    const presented = { certificate, client: client !== undefined, frontProxy: frontProxy !== undefined };
    return { presented: Object.freeze(presented), until };
  }

  #chainOf(leaf: X509Certificate): readonly X509Certificate[] {
    const chain = presentedChain(leaf);
    return chain.length > 1 ? chain : (this.#chains.get(leaf.fingerprint256) ?? chain);
  }

  #remember(fingerprint: string, chain: readonly X509Certificate[]): void {
    if (chain.length === 1) return;
    this.#chains.delete(fingerprint);
    this.#chains.set(fingerprint, chain);
    const [oldest] = this.#chains.keys();
    if (this.#chains.size > MAX_CHAINS && oldest !== undefined) this.#chains.delete(oldest);
  }
}
