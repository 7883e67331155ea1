import type { AdmissionAttributes, AdmissionOperation } from "@quarterdeck/sdk";
import type { AdmissionChain } from "./admission-chain.js";

/** An admission chain that can be exchanged for another while requests run; each call goes through one chain whole. */
export class AdmissionSwitch implements AdmissionChain {
  #current: AdmissionChain;

  constructor(first: AdmissionChain) {
    this.#current = first;
  }

  replace(next: AdmissionChain): void {
    this.#current = next;
  }

  get plugins(): readonly string[] {
    return this.#current.plugins;
  }

  mutates(operation: AdmissionOperation): boolean {
    return this.#current.mutates(operation);
  }

  mutate(attributes: AdmissionAttributes): Promise<void> | void {
    return this.#current.mutate(attributes);
  }

  validate(attributes: AdmissionAttributes): Promise<void> | void {
    return this.#current.validate(attributes);
  }
}
