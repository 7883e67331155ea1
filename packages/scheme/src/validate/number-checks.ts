import { renderPath } from "../normalise/walk.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { allOfChecks, type Check, reportInvalid, reportPlaceless } from "./check.js";

const INT32 = 2 ** 31;
const FLOAT32 = 3.4028234663852886e38;

function numeric(fails: (value: number) => boolean, should: string): Check {
  return (value, walk) => {
    if (typeof value === "number" && fails(value)) reportInvalid(walk, value, should);
  };
}

function upper(maximum: number | undefined, exclusive: boolean | undefined): Check | undefined {
  if (maximum === undefined) return undefined;
  if (exclusive) return numeric((value) => value >= maximum, `should be less than ${maximum}`);
  return numeric((value) => value > maximum, `should be less than or equal to ${maximum}`);
}

function lower(minimum: number | undefined, exclusive: boolean | undefined): Check | undefined {
  if (minimum === undefined) return undefined;
  if (exclusive) return numeric((value) => value <= minimum, `should be greater than ${minimum}`);
  return numeric((value) => value < minimum, `should be greater than or equal to ${minimum}`);
}

function multiple(factor: number | undefined): Check | undefined {
  if (factor === undefined) return undefined;
  // 1 / factor first, as upstream: 0.3 / 0.1 is not whole in floating point, 10 * 0.3 is.
  const quotient = (value: number) => (factor < 1 ? (1 / factor) * value : value / factor);
  return numeric((value) => !Number.isInteger(quotient(value)), `should be a multiple of ${factor}`);
}

function range(schema: StructuralSchema): Check | undefined {
  const { type, format } = schema;
  const fits =
    type === "integer" && format === "int32"
      ? (value: number) => value >= -INT32 && value < INT32
      : type === "number" && format === "float"
        ? (value: number) => Math.abs(value) <= FLOAT32
        : undefined;
  if (fits === undefined) return undefined;
  return (value, walk) => {
    if (typeof value !== "number" || fits(value)) return;
    reportPlaceless(walk, `Checked value must be of type ${type} with format ${format} in ${renderPath(walk)}`);
  };
}

/** Bounds, multipleOf and the ranges of int32 and float. */
export function numberChecks(schema: StructuralSchema): Check | undefined {
  return allOfChecks([
    range(schema),
    multiple(schema.multipleOf),
    lower(schema.minimum, schema.exclusiveMinimum),
    upper(schema.maximum, schema.exclusiveMaximum),
  ]);
}
