import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "./check-enum.js";

const ALONE = "ReadWriteOncePod";
const SHARED = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce"];
const MODES = [...SHARED, ALONE];

/** How nodes may use a volume: in known ways, and by one pod alone or not. */
export function checkAccessModes(modes: readonly string[], path: string, errors: FieldErrors): void {
  for (const mode of modes) checkEnum(mode, MODES, path, errors);
  if (modes.includes(ALONE) && modes.some((mode) => SHARED.includes(mode)))
    errors.forbidden(path, `may not use ${ALONE} with other access modes`);
}
