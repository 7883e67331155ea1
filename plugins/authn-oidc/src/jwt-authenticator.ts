/** One issuer of upstream's `AuthenticationConfiguration` (apiserver.config.k8s.io/v1), under upstream's names. */
export interface JwtAuthenticator {
  readonly issuer: Issuer;
  readonly claimValidationRules?: readonly ClaimValidationRule[];
  readonly claimMappings: ClaimMappings;
  readonly userValidationRules?: readonly UserValidationRule[];
}

/** Whose tokens, and for whom they have to be. */
export interface Issuer {
  /** The `iss` of its tokens; an https URL. */
  readonly url: string;
  /** Where its discovery document is, when that is not below the URL. */
  readonly discoveryURL?: string;
  /** PEM of the authorities that its certificate is verified with; the system's without it. */
  readonly certificateAuthority?: string;
  readonly audiences: readonly string[];
  /** `MatchAny`, required for several audiences. */
  readonly audienceMatchPolicy?: string;
}

/** Either a claim with its value, or an expression over `claims`. */
export interface ClaimValidationRule {
  readonly claim?: string;
  readonly requiredValue?: string;
  readonly expression?: string;
  readonly message?: string;
}

/** A claim, with a prefix where the field has one, or an expression over `claims`. */
export interface ClaimOrExpression {
  readonly claim?: string;
  readonly prefix?: string;
  readonly expression?: string;
}

/** How claims become a user. */
export interface ClaimMappings {
  readonly username: ClaimOrExpression;
  readonly groups?: ClaimOrExpression;
  readonly uid?: ClaimOrExpression;
  readonly extra?: readonly ExtraMapping[];
}

/** One key of the user's extra. */
export interface ExtraMapping {
  readonly key: string;
  readonly valueExpression: string;
}

/** An expression over `user` that has to be true. */
export interface UserValidationRule {
  readonly expression: string;
  readonly message?: string;
}
