import { Field } from "@quarterdeck/sdk";

/** The options of the etcd backend. */
export class Etcd3Options {
  @Field({
    items: { type: "string", pattern: "^https?://[^/]+$" },
    minItems: 1,
    default: ["http://127.0.0.1:2379"],
    description: "The client URLs of the members of one etcd cluster; all http or all https.",
  })
  endpoints!: string[];

  @Field({
    type: "string",
    default: "",
    description: "Stands before every key, which begin with `/registry/`; lets several servers share one etcd apart.",
  })
  prefix!: string;

  @Field({
    type: "string",
    minLength: 1,
    description: "The PEM file of the authority that signed etcd's certificates; the system's authorities without it.",
  })
  ca?: string;

  @Field({
    type: "string",
    minLength: 1,
    description: "The PEM file of the client certificate, where etcd asks for one.",
  })
  cert?: string;

  @Field({ type: "string", minLength: 1, description: "The PEM file of the client certificate's key." })
  key?: string;

  @Field({ type: "string", minLength: 1, description: "The user, where etcd has authentication turned on." })
  username?: string;

  @Field({ type: "string", minLength: 1, description: "The user's password; better in a file." })
  password?: string;

  @Field({ type: "string", minLength: 1, description: "The file that holds the user's password." })
  passwordFile?: string;

  @Field({
    type: "integer",
    minimum: 0,
    maximum: 2000000,
    default: 300,
    description: "History is forgotten when it is between one and two such intervals old; 0 leaves that to others.",
  })
  compactionSeconds!: number;

  @Field({
    type: "number",
    minimum: 0.1,
    maximum: 3600,
    default: 10,
    description: "How long etcd may take for one request; then it is answered with 504.",
  })
  requestTimeoutSeconds!: number;

  @Field({
    type: "number",
    minimum: 0.1,
    maximum: 3600,
    default: 20,
    description: "How long the start waits for an etcd that cannot be reached.",
  })
  dialTimeoutSeconds!: number;

  @Field({
    type: "integer",
    minimum: 1,
    default: 1572864,
    description: "The largest value of one key, in bytes; etcd's own limit is its `--max-request-bytes`.",
  })
  maxValueBytes!: number;

  @Field({
    type: "integer",
    minimum: 0,
    maximum: 3600,
    default: 60,
    description:
      "Keys with a TTL share a lease when they end within so many seconds, or 5 % of the TTL if that is less.",
  })
  leaseReuseSeconds!: number;
}
