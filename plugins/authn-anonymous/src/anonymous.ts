import { type Authenticated, type AuthenticationRequest, type Authenticator, Field } from "@quarterdeck/sdk";

/** A path that callers without a credential may ask for. */
export class AnonymousCondition {
  @Field({ required: true, minLength: 1, pattern: "^/", description: "An exact path, such as /livez." })
  path!: string;
}

/** The options of the plugin. */
export class AnonymousOptions {
  @Field({
    items: () => AnonymousCondition,
    default: [],
    description: "Only requests for one of these paths may be anonymous; all may when the list is empty.",
  })
  conditions!: AnonymousCondition[];
}

const ANONYMOUS: Authenticated = {
  user: Object.freeze({ name: "system:anonymous", groups: Object.freeze(["system:unauthenticated"]) }),
};

/**
 * Lets a request without any credential through as `system:anonymous`; upstream's `authentication/request/anonymous`.
 * It stands last. A request that brought an Authorization header nobody took is not anonymous, it is refused; so is one
 * for a path that the conditions do not name.
 */
export class Anonymous implements Authenticator {
  readonly anonymous = true;
  readonly #paths: ReadonlySet<string> | undefined;

  constructor({ conditions }: AnonymousOptions) {
    this.#paths = conditions.length === 0 ? undefined : new Set(conditions.map(({ path }) => path));
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    if (request.header("authorization") !== undefined) return undefined;
    return this.#paths === undefined || this.#paths.has(request.path) ? ANONYMOUS : undefined;
  }
}
