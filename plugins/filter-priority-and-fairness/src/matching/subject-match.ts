import type { JsonObject, UserInfo } from "@quarterdeck/meta";
import { part, text } from "../objects/json-parts.js";

const ACCOUNT_PREFIX = "system:serviceaccount:";

/** True when a subject of a flow schema is this user, or one of the user's groups. */
export function subjectMatches(subject: JsonObject, user: UserInfo): boolean {
  switch (subject.kind) {
    case "User": {
      const name = text(part(subject, "user"), "name");
      return name === "*" || (name !== "" && name === user.name);
    }
    case "Group": {
      const name = text(part(subject, "group"), "name");
      return name === "*" || (name !== "" && user.groups.includes(name));
    }
    case "ServiceAccount": {
      const account = part(subject, "serviceAccount");
      const prefix = `${ACCOUNT_PREFIX}${text(account, "namespace")}:`;
      const name = text(account, "name");
      return name === "*" ? user.name.startsWith(prefix) : user.name === `${prefix}${name}`;
    }
    default:
      return false;
  }
}
