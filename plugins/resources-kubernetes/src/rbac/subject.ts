import { Field } from "@quarterdeck/sdk";
import { RBAC_GROUP } from "./role-ref.js";

/** Who gets the role: a user, a group or a service account. */
export class Subject {
  @Field({ proto: 1, required: true, description: "User, Group or ServiceAccount." })
  kind!: string;

  @Field({ proto: 2, description: "rbac.authorization.k8s.io for users and groups, empty for service accounts." })
  apiGroup?: string;

  @Field({ proto: 3, required: true, description: "Name of the user, group or service account." })
  name!: string;

  @Field({ proto: 4, description: "Namespace of the service account." })
  namespace?: string;
}

/** Fills in what the client left out of each subject. */
export function defaultSubjects(subjects: readonly Subject[] | undefined): void {
  for (const subject of subjects ?? []) {
    subject.kind ??= "";
    subject.name ??= "";
    if (!subject.apiGroup && (subject.kind === "User" || subject.kind === "Group")) subject.apiGroup = RBAC_GROUP;
  }
}
