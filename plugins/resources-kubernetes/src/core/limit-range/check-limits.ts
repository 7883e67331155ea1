import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import { isOvercommittable } from "../../checks/resource-names.js";
import type * as core from "../../types/core-v1.js";

const LISTS = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;
const ONE = Quantity.of(1);
/** From here on upstream compares whole units, since thousandths would not fit. */
const MOST_WITH_THOUSANDTHS = (2n ** 63n - 1n) / 1000n;
const DIGITS = 6;

/** What an item says of one resource. */
type Limits = { readonly [List in (typeof LISTS)[number]]: Quantity | undefined };

function limitsOf(item: core.LimitRangeItem, name: string): Limits {
  const read = (list: core.ResourceList | undefined): Quantity | undefined => {
    const text = list !== undefined && Object.hasOwn(list, name) ? list[name] : undefined;
    return text === undefined ? undefined : Quantity.parse(text);
  };
  return {
    max: read(item.max),
    min: read(item.min),
    default: read(item.default),
    defaultRequest: read(item.defaultRequest),
    maxLimitRequestRatio: read(item.maxLimitRequestRatio),
  };
}

/** Two amounts of which the first may not be more. */
interface Order {
  readonly less: readonly [list: keyof Limits, called: string];
  readonly more: readonly [list: keyof Limits, called: string];
  /** The list that is to blame, and the one whose amount is shown. */
  readonly blamed: keyof Limits;
  readonly shown: keyof Limits;
}

const MIN = ["min", "min value"] as const;
const MAX = ["max", "max value"] as const;
const REQUEST = ["defaultRequest", "default request value"] as const;
const ORDERS: readonly Order[] = [
  { less: MIN, more: MAX, blamed: "min", shown: "min" },
  { less: MIN, more: REQUEST, blamed: "defaultRequest", shown: "defaultRequest" },
  { less: REQUEST, more: MAX, blamed: "defaultRequest", shown: "defaultRequest" },
  { less: REQUEST, more: ["default", "default limit value"], blamed: "defaultRequest", shown: "defaultRequest" },
  { less: MIN, more: ["default", "default value"], blamed: "default", shown: "min" },
  { less: ["default", "default value"], more: MAX, blamed: "default", shown: "max" },
];

function checkOrders(limits: Limits, name: string, path: string, errors: FieldErrors): void {
  for (const { less, more, blamed, shown } of ORDERS) {
    const [low, high] = [limits[less[0]], limits[more[0]]];
    if (low === undefined || high === undefined || low.compare(high) <= 0) continue;
    const detail = `${less[1]} ${low} is greater than ${more[1]} ${high}`;
    errors.invalid(`${path}.${blamed}[${name}]`, limits[shown], detail);
  }
}

/** How often the least goes into the most; infinite without a least. */
function span(min: Quantity, max: Quantity, exact: boolean): number {
  return exact ? Number(max.thousandths) / Number(min.thousandths) : Number(max.units) / Number(min.units);
}

function checkRatio({ maxLimitRequestRatio: ratio, min, max }: Limits, path: string, errors: FieldErrors): void {
  if (ratio === undefined) return;
  if (ratio.compare(ONE) < 0) errors.invalid(path, ratio, `ratio ${ratio} is less than 1`);
  if (min === undefined || max === undefined) return;
  const exact = [ratio, min, max].every(({ units }) => units < MOST_WITH_THOUSANDTHS);
  const most = span(min, max, exact);
  if ((exact ? Number(ratio.thousandths) / 1000 : Number(ratio.units)) > most)
    errors.invalid(path, ratio, `ratio ${ratio} is greater than max/min = ${fixed(most)}`);
}

function fixed(value: number): string {
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : value.toFixed(DIGITS);
}

/** How the amounts of one item of a limit range go together, resource by resource. */
export function checkLimits(item: core.LimitRangeItem, path: string, errors: FieldErrors): void {
  const names = new Set(LISTS.flatMap((list) => Object.keys(item[list] ?? {})));
  for (const name of names) {
    const limits = limitsOf(item, name);
    checkOrders(limits, name, path, errors);
    checkRatio(limits, `${path}.maxLimitRequestRatio[${name}]`, errors);
    const { default: limit, defaultRequest: request } = limits;
    if (isOvercommittable(name) || limit === undefined || request === undefined || limit.compare(request) === 0)
      continue;
    const detail = `default value ${limit} must equal to defaultRequest value ${request} in ${name}`;
    errors.invalid(`${path}.defaultRequest[${name}]`, request, detail);
  }
}
