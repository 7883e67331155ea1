import { setModuleAliases } from "@quarterdeck/kernel";

// The entry of the bundle: TypeScript files of the user get the copies of our packages that are inside it.
setModuleAliases({
  "@quarterdeck/meta": new URL("./meta.js", import.meta.url).href,
  "@quarterdeck/sdk": new URL("./sdk.js", import.meta.url).href,
});

export { main } from "./main.js";
