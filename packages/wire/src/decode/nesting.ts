/**
 * The deepest nesting of objects and arrays that is accepted. Far above any real object and safely below the depth at
 * which `JSON.stringify` and `structuredClone`, which recurse, run out of stack on Node's default of about 1 MB.
 */
export const MAX_NESTING = 1000;

/**
 * The same for YAML. The parser's composer recurses with large frames and runs out of stack between 600 and 900 levels,
 * where V8 may end the process instead of throwing (a regular expression cannot be compiled there).
 */
export const MAX_YAML_NESTING = 200;
