import { createHash, timingSafeEqual } from "node:crypto";
import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  definePlugin,
  Field,
} from "@quarterdeck/sdk";

export class SharedKeyOptions {
  @Field({ default: "x-shared-key", pattern: "^[a-z0-9-]+$", description: "The header that carries the key" })
  header!: string;

  @Field({ required: true, minLength: 16, description: "The key itself" })
  key!: string;

  @Field({ required: true, minLength: 1, description: "The user that whoever has the key is" })
  user!: string;

  @Field({ items: { type: "string" }, default: [], description: "The groups of that user" })
  groups!: string[];
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** One key for one user. Digests are compared, so the time of an answer tells nothing about the key. */
export class SharedKey implements Authenticator {
  readonly #expected: Buffer;
  readonly #user: Authenticated;

  constructor(private readonly options: SharedKeyOptions) {
    this.#expected = digest(options.key);
    this.#user = { user: { name: options.user, groups: options.groups } };
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    const key = request.header(this.options.header);
    return key !== undefined && timingSafeEqual(digest(key), this.#expected) ? this.#user : undefined;
  }
}

export default definePlugin({
  kind: "authenticator",
  name: "shared-key",
  version: "0.1.0",
  options: SharedKeyOptions,
  plugin: SharedKey,
});
