#!/usr/bin/env node
import { existsSync } from "node:fs";

// The bundle starts in a third of the time; without it (a checkout that was only compiled) the modules do the same.
const bundle = new URL("../dist/bundle/quarterdeck.js", import.meta.url);
const { main } = await import(existsSync(bundle) ? bundle.href : new URL("../dist/index.js", import.meta.url).href);
const code = await main(process.argv.slice(2));
// A running server keeps the process alive and says its own exit code.
if (code !== undefined) process.exitCode = code;
