import { CelExpressionError, type CelProgram, compile } from "@quarterdeck/cel";
import type { JwtAuthenticator } from "./jwt-authenticator.js";

/** An expression of a rule with the message for when it is false. */
export interface CompiledRule {
  readonly program: CelProgram;
  readonly message: string;
}

/** The expressions of one issuer. */
export interface CompiledRules {
  readonly username: CelProgram | undefined;
  readonly groups: CelProgram | undefined;
  readonly uid: CelProgram | undefined;
  readonly extra: readonly { readonly key: string; readonly program: CelProgram }[];
  readonly claims: readonly CompiledRule[];
  readonly user: readonly CompiledRule[];
}

/** Without it a caller could bring an address that the issuer has not seen them prove. */
const UNVERIFIED_EMAIL =
  "claims.email_verified must be used in claimMappings.username.expression or claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when claims.email is used in claimMappings.username.expression";

/** Compiles the expressions; what is wrong with them is added to `problems`, each with its place. */
export async function compileRules(
  authenticator: JwtAuthenticator,
  path: string,
  problems: string[],
): Promise<CompiledRules> {
  const compiled = async (expression: string | undefined, variable: string, place: string) => {
    if (expression === undefined || expression === "") return undefined;
    try {
      return await compile(expression, { variables: [variable] });
    } catch (error) {
      if (!(error instanceof CelExpressionError)) throw error;
      problems.push(`${place}: Invalid value: ${JSON.stringify(expression)}: compilation failed: ${error.message}`);
      return undefined;
    }
  };
  const { claimValidationRules = [], claimMappings, userValidationRules = [] } = authenticator;
  const mappings = `${path}.claimMappings`;
  const username = await compiled(claimMappings.username.expression, "claims", `${mappings}.username.expression`);
  const groups = await compiled(claimMappings.groups?.expression, "claims", `${mappings}.groups.expression`);
  const uid = await compiled(claimMappings.uid?.expression, "claims", `${mappings}.uid.expression`);
  const extra: { readonly key: string; readonly program: CelProgram }[] = [];
  for (const [index, { key, valueExpression }] of (claimMappings.extra ?? []).entries()) {
    const program = await compiled(valueExpression, "claims", `${mappings}.extra[${index}].valueExpression`);
    if (program !== undefined) extra.push({ key, program });
  }
  const rules = async (
    list: readonly { readonly expression?: string; readonly message?: string }[],
    variable: string,
    name: string,
  ): Promise<readonly CompiledRule[]> => {
    const found: CompiledRule[] = [];
    for (const [index, { expression, message = "" }] of list.entries()) {
      const program = await compiled(expression, variable, `${path}.${name}[${index}].expression`);
      if (program !== undefined) found.push({ program, message });
    }
    return found;
  };
  const claims = await rules(claimValidationRules, "claims", "claimValidationRules");
  const user = await rules(userValidationRules, "user", "userValidationRules");
  if (username?.selects("claims", "email") === true) {
    const readers = [username, ...extra.map((one) => one.program), ...claims.map((one) => one.program)];
    if (!readers.some((program) => program.selects("claims", "email_verified"))) {
      problems.push(`${mappings}.username.expression: Invalid value: ${UNVERIFIED_EMAIL}`);
    }
  }
  return { username, groups, uid, extra, claims, user };
}
