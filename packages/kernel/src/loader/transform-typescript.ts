import { transformSync } from "oxc-transform";

function place(source: string, offset: number): string {
  const before = source.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/**
 * Turns a TypeScript module into JavaScript with legacy decorators and their metadata, as our own packages are compiled.
 * Throws a SyntaxError whose message begins with file, line and column.
 */
export function transformTypeScript(file: string, source: string): string {
  const result = transformSync(file, source, {
    lang: "ts",
    sourceType: "module",
    target: "es2022",
    decorator: { legacy: true, emitDecoratorMetadata: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  });
  const error = result.errors.find((one) => one.severity === "Error");
  if (error === undefined) return result.code;
  const label = error.labels[0];
  throw new SyntaxError(`${file}:${label === undefined ? "1:1" : place(source, label.start)}: ${error.message}`);
}
