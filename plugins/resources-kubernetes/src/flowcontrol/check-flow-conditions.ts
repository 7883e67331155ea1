import type { FieldErrors } from "@quarterdeck/meta";
import type { FlowSchemaStatus } from "../types/flowcontrol-v1.js";

/** Every condition of a flow schema or priority level has a type, and no other has it. */
export function checkFlowConditions({ conditions = [] }: FlowSchemaStatus, errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const [index, { type = "" }] of conditions.entries()) {
    const path = `status.conditions[${index}].type`;
    if (seen.has(type)) errors.duplicate(path, type);
    seen.add(type);
    if (type === "") errors.required(path);
  }
}
