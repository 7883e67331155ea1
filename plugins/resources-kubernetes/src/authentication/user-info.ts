import type { UserInfo as User } from "@quarterdeck/meta";
import { Field } from "@quarterdeck/sdk";

/** A user as `authentication.k8s.io` tells it. */
export class UserInfo {
  @Field({ proto: 1, description: "The name that identifies the user among all active users." })
  username?: string;

  @Field({ proto: 2, description: "Tells users of one name apart over time." })
  uid?: string;

  @Field({ proto: 3, items: { type: "string" }, listType: "atomic", description: "The groups of the user." })
  groups?: string[];

  @Field({
    proto: 4,
    additionalProperties: { type: "array", items: { type: "string" } },
    description: "What the authenticator knows besides.",
  })
  extra?: { [key: string]: string[] };
}

/** The wire form of a user: empty parts are left out. */
export function userInfoOf({ name, uid, groups, extra = {} }: User): UserInfo {
  const entries = Object.entries(extra).map(([key, values]): [string, string[]] => [key, [...values]]);
  return {
    ...(name === "" ? {} : { username: name }),
    ...(uid === undefined || uid === "" ? {} : { uid }),
    ...(groups.length === 0 ? {} : { groups: [...groups] }),
    ...(entries.length === 0 ? {} : { extra: Object.fromEntries(entries) }),
  };
}
