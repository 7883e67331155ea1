import { Field } from "@quarterdeck/sdk";
import type {
  ClaimMappings,
  ClaimOrExpression,
  ClaimValidationRule,
  ExtraMapping,
  Issuer,
  JwtAuthenticator,
  UserValidationRule,
} from "./jwt-authenticator.js";

class IssuerOptions implements Issuer {
  @Field({ required: true, minLength: 1 }) url!: string;
  @Field({ type: "string" }) discoveryURL?: string;
  @Field({ type: "string" }) certificateAuthority?: string;
  @Field({ required: true, items: { type: "string" } }) audiences!: string[];
  @Field({ type: "string" }) audienceMatchPolicy?: string;
}

class ClaimValidationRuleOptions implements ClaimValidationRule {
  @Field({ type: "string" }) claim?: string;
  @Field({ type: "string" }) requiredValue?: string;
  @Field({ type: "string" }) expression?: string;
  @Field({ type: "string" }) message?: string;
}

class PrefixedClaimOptions implements ClaimOrExpression {
  @Field({ type: "string" }) claim?: string;
  @Field({ type: "string" }) prefix?: string;
  @Field({ type: "string" }) expression?: string;
}

class ClaimOptions implements ClaimOrExpression {
  @Field({ type: "string" }) claim?: string;
  @Field({ type: "string" }) expression?: string;
}

class ExtraOptions implements ExtraMapping {
  @Field({ required: true }) key!: string;
  @Field({ required: true }) valueExpression!: string;
}

class ClaimMappingsOptions implements ClaimMappings {
  @Field({ required: true, schema: () => PrefixedClaimOptions }) username!: PrefixedClaimOptions;
  @Field({ schema: () => PrefixedClaimOptions }) groups?: PrefixedClaimOptions;
  @Field({ schema: () => ClaimOptions }) uid?: ClaimOptions;
  @Field({ items: () => ExtraOptions }) extra?: ExtraOptions[];
}

class UserValidationRuleOptions implements UserValidationRule {
  @Field({ required: true }) expression!: string;
  @Field({ type: "string" }) message?: string;
}

class JwtOptions implements JwtAuthenticator {
  @Field({ required: true, schema: () => IssuerOptions }) issuer!: IssuerOptions;
  @Field({ items: () => ClaimValidationRuleOptions }) claimValidationRules?: ClaimValidationRuleOptions[];
  @Field({ required: true, schema: () => ClaimMappingsOptions }) claimMappings!: ClaimMappingsOptions;
  @Field({ items: () => UserValidationRuleOptions }) userValidationRules?: UserValidationRuleOptions[];
}

/** The options of the plugin: the issuers, or the file that names them. */
export class OidcOptions {
  @Field({
    items: () => JwtOptions,
    description: "The issuers, as in the list `jwt` of upstream's AuthenticationConfiguration.",
  })
  jwt?: JwtOptions[];

  @Field({
    type: "string",
    minLength: 1,
    description: "An AuthenticationConfiguration with the issuers, from the folder of the config file.",
  })
  file?: string;
}
