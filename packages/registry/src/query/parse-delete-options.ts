import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { FieldErrors, isJsonObject, StatusError } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import { DecodeError, unmarshalError } from "../decode/decode-error.js";
import type { DeleteOptions } from "../registry-resource.js";
import { validateDryRun } from "./parse-write-query.js";
import { queryFlag, queryInteger } from "./query-values.js";

const KIND = "DeleteOptions";
const UNSAFE = "ignoreStoreReadErrorWithClusterBreakingPotential";
/** What an object that cannot be read cannot be asked. */
const BESIDE_UNSAFE = ["propagationPolicy", "orphanDependents", "gracePeriodSeconds", "preconditions"] as const;
const POLICIES = ["Foreground", "Background", "Orphan"] as const;

/** The options as they were given, before they are checked against each other. */
interface GivenOptions {
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
  propagationPolicy?: string;
  orphanDependents?: boolean;
  dryRun: readonly string[];
  ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
}

function read<T>(
  input: JsonObject,
  key: string,
  type: string,
  accepts: (value: JsonValue) => value is JsonValue & T,
): T | undefined {
  const value = (Object.hasOwn(input, key) ? input[key] : undefined) ?? undefined;
  if (value === undefined) return undefined;
  if (accepts(value)) return value;
  throw unmarshalError(value, `${KIND}.${key}`, type);
}

const isText = (value: JsonValue): value is string => typeof value === "string";
const isFlag = (value: JsonValue): value is boolean => typeof value === "boolean";
const isInteger = (value: JsonValue): value is number => typeof value === "number" && Number.isSafeInteger(value);
const isTextList = (value: JsonValue): value is string[] => Array.isArray(value) && value.every(isText);

function checkKind(input: JsonObject): void {
  const kind = read(input, "kind", "string", isText) ?? "";
  const apiVersion = read(input, "apiVersion", "string", isText) ?? "";
  // Upstream accepts the options under every group's name, since clients have always sent them so.
  if (kind === "" || kind === KIND) return;
  const version = JSON.stringify(apiVersion === "" ? "meta.k8s.io/v1" : apiVersion);
  throw new DecodeError(`no kind ${JSON.stringify(kind)} is registered for version ${version}`);
}

function fromBody(input: JsonObject): GivenOptions {
  checkKind(input);
  const given: GivenOptions = { dryRun: read(input, "dryRun", "[]string", isTextList) ?? [] };
  const grace = read(input, "gracePeriodSeconds", "int64", isInteger);
  if (grace !== undefined) given.gracePeriodSeconds = grace;
  const policy = read(input, "propagationPolicy", "v1.DeletionPropagation", isText);
  if (policy !== undefined) given.propagationPolicy = policy;
  const orphan = read(input, "orphanDependents", "bool", isFlag);
  if (orphan !== undefined) given.orphanDependents = orphan;
  const ignore = read(input, UNSAFE, "bool", isFlag);
  if (ignore !== undefined) given[UNSAFE] = ignore;
  const preconditions = read(input, "preconditions", "v1.Preconditions", isJsonObject);
  if (preconditions !== undefined) {
    const uid = read(preconditions, "uid", "types.UID", isText);
    const resourceVersion = read(preconditions, "resourceVersion", "string", isText);
    given.preconditions = {
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    };
  }
  return given;
}

function fromQuery(query: URLSearchParams): GivenOptions {
  const grace = queryInteger(query, "gracePeriodSeconds");
  const orphan = queryFlag(query, "orphanDependents");
  const policy = query.get("propagationPolicy");
  // A list's resourceVersion is a precondition too when it is to be deleted, as upstream has it.
  const uid = query.get("uid") ?? "";
  const resourceVersion = query.get("resourceVersion") ?? "";
  const ignore = queryFlag(query, UNSAFE);
  const guarded = uid !== "" || resourceVersion !== "";
  return {
    dryRun: query.getAll("dryRun"),
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(orphan === undefined ? {} : { orphanDependents: orphan }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
    ...(ignore === undefined ? {} : { [UNSAFE]: ignore }),
    ...(guarded && {
      preconditions: { ...(uid !== "" && { uid }), ...(resourceVersion !== "" && { resourceVersion }) },
    }),
  };
}

/** 422 Invalid for options that do not exist, or that do not go together; upstream's `ValidateDeleteOptions`. */
function validate(given: GivenOptions): void {
  const errors = new FieldErrors();
  const { propagationPolicy: asked, orphanDependents } = given;
  if (asked !== undefined && orphanDependents !== undefined) {
    errors.invalid("propagationPolicy", asked, "orphanDependents and deletionPropagation cannot be both set");
  }
  if (asked !== undefined && policyOf(asked) === undefined) {
    errors.notSupported("propagationPolicy", asked, [...POLICIES, "nil"]);
  }
  validateDryRun(errors, given.dryRun);
  for (const option of given[UNSAFE] === true ? BESIDE_UNSAFE : []) {
    if (given[option] !== undefined) errors.invalid(UNSAFE, true, `cannot be set together with .${option}`);
  }
  if (!errors.empty) throw StatusError.invalid({ group: "meta.k8s.io", kind: KIND }, "", errors.list);
}

function policyOf(asked: string | undefined): DeleteOptions["propagationPolicy"] {
  return POLICIES.find((policy) => policy === asked);
}

/**
 * The options of a delete: the body's when there is one, else the query's, as upstream has it. 400 BadRequest for a
 * body that is no DeleteOptions; 422 Invalid for options that do not go together or that do not exist.
 */
export function parseDeleteOptions(query: URLSearchParams, body: DecodedBody | undefined): DeleteOptions {
  let given: GivenOptions;
  try {
    given = body === undefined ? fromQuery(query) : fromBody(body.object);
  } catch (error) {
    if (error instanceof DecodeError) throw StatusError.badRequest(error.message);
    throw error;
  }
  validate(given);
  const { gracePeriodSeconds, preconditions, orphanDependents, dryRun } = given;
  const propagationPolicy = policyOf(given.propagationPolicy);
  return {
    // a negative grace period is read as one second
    ...(gracePeriodSeconds === undefined
      ? {}
      : { gracePeriodSeconds: gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds }),
    ...(preconditions === undefined ? {} : { preconditions }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    ...(orphanDependents === undefined ? {} : { orphanDependents }),
    ...(dryRun.length === 0 ? {} : { dryRun }),
    ...(given[UNSAFE] === true && { [UNSAFE]: true }),
  };
}
