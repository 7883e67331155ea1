/** What a value has to be: a string, a list of one kind, or an object with these members, `!` at the name of required ones. */
type Shape = "string" | readonly [Shape] | { readonly [member: string]: Shape };

const CLAIM = { claim: "string", prefix: "string", expression: "string" } as const;

/** The shape of one entry of `jwt`. */
const JWT: Shape = {
  "issuer!": {
    "url!": "string",
    discoveryURL: "string",
    certificateAuthority: "string",
    "audiences!": ["string"],
    audienceMatchPolicy: "string",
  },
  claimValidationRules: [{ claim: "string", requiredValue: "string", expression: "string", message: "string" }],
  "claimMappings!": {
    "username!": CLAIM,
    groups: CLAIM,
    uid: { claim: "string", expression: "string" },
    extra: [{ "key!": "string", "valueExpression!": "string" }],
  },
  userValidationRules: [{ "expression!": "string", message: "string" }],
};

/** What is wrong with the shape of the list `jwt` in a file, each with its place. */
export function jwtShapeProblems(value: unknown): readonly string[] {
  const problems: string[] = [];
  check(value, [JWT], "jwt", problems);
  return problems;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function check(value: unknown, shape: Shape, path: string, problems: string[]): void {
  if (shape === "string") {
    if (typeof value !== "string") problems.push(`${path}: must be a string`);
  } else if (isList(shape)) {
    if (!Array.isArray(value)) problems.push(`${path}: must be a list`);
    else for (const [index, item] of value.entries()) check(item, shape[0], `${path}[${index}]`, problems);
  } else if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push(`${path}: must be an object`);
  } else checkMembers(new Map(Object.entries(value)), shape, path, problems);
}

function checkMembers(
  members: ReadonlyMap<string, unknown>,
  shape: { readonly [member: string]: Shape },
  path: string,
  problems: string[],
): void {
  const known = new Set<string>();
  for (const [key, inner] of Object.entries(shape)) {
    const name = key.replace(/!$/, "");
    known.add(name);
    const value = members.get(name);
    if (value !== undefined && value !== null) check(value, inner, `${path}.${name}`, problems);
    else if (key !== name) problems.push(`${path}.${name}: Required value`);
  }
  for (const name of members.keys()) if (!known.has(name)) problems.push(`${path}.${name}: unknown field`);
}
