import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AskedCertificate, CertificateSigner, type SigningPolicy } from "@quarterdeck/sdk";

/** Signs by the authority of the data folder, as its files stand at the time. */
export class AuthoritySigner extends CertificateSigner {
  constructor(private readonly data: string) {
    super();
  }

  async read(request: string): Promise<AskedCertificate> {
    const { readAsked } = await import("./sign-request.js");
    return readAsked(request);
  }

  async sign(request: string, policy: SigningPolicy): Promise<string> {
    const { signRequest } = await import("./sign-request.js");
    const [certificate, key] = await Promise.all([this.#file("ca.crt"), this.#file("ca.key")]);
    return signRequest({ certificate, key }, request, policy);
  }

  #file(name: string): Promise<string> {
    return readFile(join(this.data, "pki", name), "utf8");
  }
}
