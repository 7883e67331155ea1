/** Specifiers that TypeScript files of the user get the running server's own copy of: specifier → file URL. */
export type ModuleAliases = { readonly [specifier: string]: string };
