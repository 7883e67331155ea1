/** Sentences of our own by the name of a type and of its field; the empty field stands for the type itself. */
export interface TypeDescriptions {
  readonly [type: string]: { readonly [field: string]: string };
}
