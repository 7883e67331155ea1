/**
 * What expressions are given and give back: a number is CEL's double, a bigint its int. Maps have strings as keys; an object
 * given is taken for its own enumerable members, whatever their names.
 */
export type CelValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CelValue[]
  | { readonly [key: string]: CelValue };

/** The values of variables by name. */
export interface CelBindings {
  readonly [variable: string]: CelValue;
}
