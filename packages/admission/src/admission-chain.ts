import type { AdmissionAttributes, AdmissionOperation } from "@quarterdeck/sdk";

/** The admission plugins of the config as the registry calls them. */
export interface AdmissionChain {
  /** Names in order, for `describe`. */
  readonly plugins: readonly string[];
  /** True when a plugin may change objects of this operation, so that they must be brought to their form again. */
  mutates(operation: AdmissionOperation): boolean;
  /** Runs every `mutate` in order; throws the StatusError of the first rejection. */
  mutate(attributes: AdmissionAttributes): Promise<void> | void;
  /** Runs every `validate` in order; throws the StatusError of the first rejection. */
  validate(attributes: AdmissionAttributes): Promise<void> | void;
}
