/** The exports of a module, by name. */
export type ModuleExports = { readonly [name: string]: unknown };
