import { dns1123SubdomainErrors } from "@quarterdeck/meta";
import type { WantedUser } from "./wanted-user.js";

const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** What keeps constrained impersonation from taking these extra fields over; undefined when nothing does. */
export function extraMistake(extra: WantedUser["extra"]): string | undefined {
  for (const [key, values] of extra) {
    if (key === "") return "impersonating the empty string key in extra is not allowed";
    const invalid = keyMistake(key);
    if (invalid !== undefined) return `impersonating an invalid key in extra is not allowed: ${invalid}`;
    if (key !== key.toLowerCase())
      return `impersonating a non-lowercase key in extra is not allowed: ${JSON.stringify(key)}`;
    if (values.includes("")) return "impersonating the empty string value in extra is not allowed";
  }
  return undefined;
}

/** Keys are `example.com/what-it-is`: a domain and a path. */
function keyMistake(key: string): string | undefined {
  const say = (why: string): string => `extra.key: Invalid value: ${JSON.stringify(key)}: ${why}`;
  const slash = key.indexOf("/");
  if (slash <= 0 || slash === key.length - 1) {
    return say('must be a domain-prefixed path (such as "acme.io/foo")');
  }
  const [wrong] = dns1123SubdomainErrors(key.slice(0, slash));
  if (wrong !== undefined) return say(`prefix part ${wrong}`);
  return PATH.test(key.slice(slash + 1)) ? undefined : say("must be a valid path");
}
