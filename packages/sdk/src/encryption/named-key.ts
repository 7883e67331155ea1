import { Field } from "../resource/field.js";

/** A key of an encryption provider, as upstream's `EncryptionConfiguration` writes it. */
export class NamedKey {
  @Field({ required: true, minLength: 1, description: "What stands before each value that the key encrypted." })
  name!: string;

  @Field({ required: true, minLength: 1, description: "The key, base64 encoded." })
  secret!: string;
}

/** The options of a provider with keys. */
export class NamedKeys {
  @Field({ required: true, items: () => NamedKey, minItems: 1, description: "The first one encrypts, all decrypt." })
  keys!: NamedKey[];
}
