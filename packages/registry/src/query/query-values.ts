import { StatusError } from "@quarterdeck/meta";

const MAX_INT64 = 9_223_372_036_854_775_807n;

/** Upstream's reading of a flag: absent, `0` and `false` are false, all else is true; absent is undefined here. */
export function queryFlag(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name);
  return value === null ? undefined : value !== "0" && value.toLowerCase() !== "false";
}

/** An int64 as upstream reads it; undefined when absent, 400 BadRequest when it is none. */
export function queryInteger(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const parsing = `strconv.ParseInt: parsing ${JSON.stringify(value.slice(0, 64))}`;
  if (!/^[-+]?[0-9]{1,40}$/.test(value)) throw StatusError.badRequest(`${parsing}: invalid syntax`);
  const integer = BigInt(value.startsWith("+") ? value.slice(1) : value);
  if (integer > MAX_INT64 || integer < -MAX_INT64 - 1n) throw StatusError.badRequest(`${parsing}: value out of range`);
  return Number(integer);
}
