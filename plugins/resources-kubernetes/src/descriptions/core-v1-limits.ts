import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What quotas and ranges of limits are, and their fields, for `kubectl explain`. */
export const CORE_V1_LIMITS: TypeDescriptions = {
  ResourceQuota: {
    "": "ResourceQuota says how much a namespace may have of things, and how much it has.",
    metadata: METADATA,
    spec: "How much there may be.",
    status: "How much there is.",
  },
  ResourceQuotaSpec: {
    "": "ResourceQuotaSpec is how much a namespace may have.",
    hard: "The most that there may be of each resource.",
    scopes: "Scopes that the objects must be in which are counted; all objects without one. They cannot be changed.",
    scopeSelector: "The same with values: scopes as conditions.",
  },
  ScopeSelector: {
    "": "ScopeSelector is which objects a quota counts: those that meet all conditions.",
    matchExpressions: "Conditions of which all must be met.",
  },
  ScopedResourceSelectorRequirement: {
    "": "ScopedResourceSelectorRequirement is one condition on the objects that a quota counts.",
    scopeName: "Scope that is meant, such as PriorityClass.",
    operator: "In, NotIn, Exists or DoesNotExist.",
    values: "Values for In and NotIn.",
  },
  ResourceQuotaStatus: {
    "": "ResourceQuotaStatus is how much a namespace has.",
    hard: "The limits that are in force.",
    used: "How much there is of each resource.",
  },
  LimitRange: {
    "": "LimitRange limits what one pod, container or claim of a namespace may ask for, and fills in what it does not say.",
    metadata: METADATA,
    spec: "The limits.",
  },
  LimitRangeSpec: {
    "": "LimitRangeSpec is the limits for the objects of a namespace.",
    limits: "The limits, one entry for each type.",
  },
  LimitRangeItem: {
    "": "LimitRangeItem is the limits for things of one type.",
    type: "Pod (all containers together), Container or PersistentVolumeClaim.",
    max: "The most that it may ask for, of each resource.",
    min: "The least that it must ask for, of each resource.",
    default: "The limits that a container gets which says none.",
    defaultRequest: "The requests that a container gets which says none.",
    maxLimitRequestRatio: "How many times the request a limit may be, of each resource.",
  },
};
