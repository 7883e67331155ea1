const JAVASCRIPT = /\.(m?)js$/;

/** True for a TypeScript module's path or URL. */
export function isTypeScript(path: string): boolean {
  return /\.m?ts$/.test(path);
}

/** `x.ts` for `x.js`, which is how TypeScript itself names what it imports; undefined for anything else. */
export function typescriptTwin(path: string): string | undefined {
  return JAVASCRIPT.test(path) ? path.replace(JAVASCRIPT, ".$1ts") : undefined;
}
