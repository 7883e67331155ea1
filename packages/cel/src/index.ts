export { CelExpressionError } from "./cel-expression-error.js";
export type { CelProgram } from "./cel-program.js";
export type { CelBindings, CelValue } from "./cel-value.js";
export { type CelDeclarations, type CheckReferences, compile, loadReferenceCheck } from "./compile.js";
