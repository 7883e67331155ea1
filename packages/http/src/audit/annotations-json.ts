import { quote } from "./quote.js";

const DECISION = "authorization.k8s.io/decision";
const REASON = "authorization.k8s.io/reason";
/** The same few decisions and reasons come with every request. */
const known = new Map<string, string>();
const MAX_KNOWN = 1000;

function write(pairs: readonly string[]): string {
  const first = new Map<string, string>();
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [key = "", value = ""] = pairs.slice(index, index + 2);
    if (!first.has(key)) first.set(key, value);
  }
  const texts = [...first]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${quote(key)}:${quote(value)}`);
  return `,"annotations":{${texts.join(",")}}`;
}

/** Annotations from keys and values one after the other, sorted by key as Go does; the first value for a key counts. */
export function annotationsJson(pairs: readonly string[] | undefined): string {
  if (pairs === undefined) return "";
  const [first, decision = "", second, reason = ""] = pairs;
  if (pairs.length !== 4 || first !== DECISION || second !== REASON) return write(pairs);
  const key = `${decision} ${reason}`;
  let json = known.get(key);
  if (json === undefined) {
    json = write(pairs);
    if (known.size < MAX_KNOWN) known.set(key, json);
  }
  return json;
}
