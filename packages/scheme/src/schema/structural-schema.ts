export type { SchemaValidations, StructuralSchema } from "@quarterdeck/sdk";
