import { Quantity } from "@quarterdeck/meta";
import type * as core from "../types/core-v1.js";

/** To how many decimals upstream rounds the quantities of a list. */
const DECIMALS = 3;
/** What is finer is written in millionths, billionths, with an exponent or with a point; nothing else need be read again. */
const MAY_BE_FINER = /[nueE.]/;

/** Rounds the quantities of a list up to thousandths, as upstream's defaults do; they have been read and are canonical. */
export function defaultResourceList(list: core.ResourceList | undefined): void {
  if (list === undefined) return;
  for (const [resource, value] of Object.entries(list)) {
    if (MAY_BE_FINER.test(value)) list[resource] = Quantity.parse(value).roundUp(DECIMALS).toString();
  }
}
