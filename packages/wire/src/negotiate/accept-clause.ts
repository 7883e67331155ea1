/** One media range of an Accept header. */
export interface AcceptClause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The media ranges of an Accept header in the order of preference: by quality, then a given type before `*`, then as
 * written. Ranges that are not `type/subtype` are left out, as upstream does.
 */
export function parseAccept(header: string): readonly AcceptClause[] {
  const clauses: AcceptClause[] = [];
  for (const part of header.split(",")) {
    const clause = parseClause(part);
    if (clause !== undefined) clauses.push(clause);
  }
  return clauses.sort(
    (one, other) =>
      other.quality - one.quality ||
      Number(one.type === "*") - Number(other.type === "*") ||
      Number(one.subtype === "*") - Number(other.subtype === "*"),
  );
}

function parseClause(part: string): AcceptClause | undefined {
  const [range = "", ...rest] = part.split(";");
  const [type = "", subtype, ...more] = range.trim().split("/");
  if (type === "" || more.length > 0 || (subtype === undefined && type !== "*")) return undefined;
  const parameters = new Map<string, string>();
  let quality = 1;
  for (const parameter of rest) {
    const equals = parameter.indexOf("=");
    if (equals === -1) continue;
    const name = parameter.slice(0, equals).trim();
    const value = parameter.slice(equals + 1).trim();
    if (name === "q") quality = toQuality(value);
    else parameters.set(name, value);
  }
  return { type: type.trim(), subtype: subtype?.trim() ?? "*", quality, parameters };
}

function toQuality(value: string): number {
  const quality = Number(value);
  return Number.isFinite(quality) ? quality : 0;
}
