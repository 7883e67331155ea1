/** A resource as discovery tells of it; `verbs` of itself and of each of its subresources. */
export interface NativeResource {
  readonly groupVersion: string;
  readonly name: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly verbs: readonly string[];
  readonly subresources: ReadonlyMap<string, readonly string[]>;
}

/**
 * What Kubernetes 1.37 serves by default: short names in brackets, verbs in braces where a resource has not all of them,
 * subresources after slashes with the first letters of their verbs.
 */
const TABLE: { readonly [groupVersion: string]: { readonly namespaced?: string; readonly cluster?: string } } = {
  v1: {
    namespaced: `
      bindings {create}
      configmaps (cm)
      endpoints (ep)
      events (ev)
      limitranges (limits)
      persistentvolumeclaims (pvc) /status
      pods (po) /attach:c,g /binding:c /ephemeralcontainers:g,p,u /eviction:c /exec:c,g /log:g /portforward:c,g /proxy:c,d,g,p,u /resize:g,p,u /status
      podtemplates
      replicationcontrollers (rc) /scale /status
      resourcequotas (quota) /status
      secrets
      serviceaccounts (sa) /token:c
      services (svc) /proxy:c,d,g,p,u /status`,
    cluster: `
      componentstatuses (cs) {get,list}
      namespaces (ns) {create,delete,get,list,patch,update,watch} /finalize:u /status
      nodes (no) /proxy:c,d,g,p,u /status
      persistentvolumes (pv) /status`,
  },
  "admissionregistration.k8s.io/v1": {
    cluster: `
      mutatingadmissionpolicies
      mutatingadmissionpolicybindings
      mutatingwebhookconfigurations
      validatingadmissionpolicies /status
      validatingadmissionpolicybindings
      validatingwebhookconfigurations`,
  },
  "apiextensions.k8s.io/v1": {
    cluster: `
      customresourcedefinitions (crd,crds) /status`,
  },
  "apiregistration.k8s.io/v1": {
    cluster: `
      apiservices /status`,
  },
  "apps/v1": {
    namespaced: `
      controllerrevisions
      daemonsets (ds) /status
      deployments (deploy) /scale /status
      replicasets (rs) /scale /status
      statefulsets (sts) /scale /status`,
  },
  "authentication.k8s.io/v1": {
    cluster: `
      selfsubjectreviews {create}
      tokenreviews {create}`,
  },
  "authorization.k8s.io/v1": {
    namespaced: `
      localsubjectaccessreviews {create}`,
    cluster: `
      selfsubjectaccessreviews {create}
      selfsubjectrulesreviews {create}
      subjectaccessreviews {create}`,
  },
  "autoscaling/v2": {
    namespaced: `
      horizontalpodautoscalers (hpa) /status`,
  },
  "autoscaling/v1": {
    namespaced: `
      horizontalpodautoscalers (hpa) /status`,
  },
  "batch/v1": {
    namespaced: `
      cronjobs (cj) /status
      jobs /status`,
  },
  "certificates.k8s.io/v1": {
    namespaced: `
      podcertificaterequests /status`,
    cluster: `
      certificatesigningrequests (csr) /approval:g,p,u /status
      clustertrustbundles`,
  },
  "coordination.k8s.io/v1": {
    namespaced: `
      leases`,
  },
  "discovery.k8s.io/v1": {
    namespaced: `
      endpointslices`,
  },
  "events.k8s.io/v1": {
    namespaced: `
      events (ev)`,
  },
  "flowcontrol.apiserver.k8s.io/v1": {
    cluster: `
      flowschemas /status
      prioritylevelconfigurations /status`,
  },
  "networking.k8s.io/v1": {
    namespaced: `
      ingresses (ing) /status
      networkpolicies (netpol)`,
    cluster: `
      ingressclasses
      ipaddresses (ip)
      servicecidrs /status`,
  },
  "node.k8s.io/v1": {
    cluster: `
      runtimeclasses`,
  },
  "policy/v1": {
    namespaced: `
      poddisruptionbudgets (pdb) /status`,
  },
  "rbac.authorization.k8s.io/v1": {
    namespaced: `
      rolebindings
      roles`,
    cluster: `
      clusterrolebindings
      clusterroles`,
  },
  "resource.k8s.io/v1": {
    namespaced: `
      resourceclaims /status
      resourceclaimtemplates`,
    cluster: `
      deviceclasses
      devicetaintrules /status
      resourceslices`,
  },
  "scheduling.k8s.io/v1": {
    cluster: `
      priorityclasses (pc)`,
  },
  "storage.k8s.io/v1": {
    namespaced: `
      csistoragecapacities`,
    cluster: `
      csidrivers
      csinodes /status
      storageclasses (sc)
      volumeattachments /status
      volumeattributesclasses (vac)`,
  },
  "storagemigration.k8s.io/v1": {
    cluster: `
      storageversionmigrations /status`,
  },
};

/** The categories that resources are in, by `kubectl get <category>`. */
export const CATEGORIES: { readonly [category: string]: readonly string[] } = {
  all: [
    "v1 pods",
    "v1 services",
    "v1 replicationcontrollers",
    "apps/v1 daemonsets",
    "apps/v1 deployments",
    "apps/v1 replicasets",
    "apps/v1 statefulsets",
    "autoscaling/v1 horizontalpodautoscalers",
    "autoscaling/v2 horizontalpodautoscalers",
    "batch/v1 cronjobs",
    "batch/v1 jobs",
  ],
  "api-extensions": [
    "admissionregistration.k8s.io/v1 mutatingadmissionpolicies",
    "admissionregistration.k8s.io/v1 mutatingadmissionpolicybindings",
    "admissionregistration.k8s.io/v1 mutatingwebhookconfigurations",
    "admissionregistration.k8s.io/v1 validatingadmissionpolicies",
    "admissionregistration.k8s.io/v1 validatingadmissionpolicybindings",
    "admissionregistration.k8s.io/v1 validatingwebhookconfigurations",
    "apiextensions.k8s.io/v1 customresourcedefinitions",
    "apiregistration.k8s.io/v1 apiservices",
  ],
};

const ALL = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const LETTERS: ReadonlyMap<string, string> = new Map(
  ["create", "delete", "get", "patch", "update"].map((verb) => [verb.charAt(0), verb]),
);
/** Both are read and written without more being said. */
const READ_AND_WRITTEN = ["get", "patch", "update"];

function subresource(text: string): [name: string, verbs: readonly string[]] {
  const [name = "", letters] = text.slice(1).split(":");
  return [name, letters?.split(",").map((letter) => LETTERS.get(letter) ?? letter) ?? READ_AND_WRITTEN];
}

function resource(groupVersion: string, namespaced: boolean, line: string): NativeResource {
  const [name = "", ...words] = line.split(" ");
  const between = (open: string): string | undefined => words.find((word) => word.startsWith(open))?.slice(1, -1);
  return {
    groupVersion,
    name,
    namespaced,
    shortNames: between("(")?.split(",") ?? [],
    verbs: between("{")?.split(",") ?? ALL,
    subresources: new Map(words.filter((word) => word.startsWith("/")).map(subresource)),
  };
}

function resources(groupVersion: string, namespaced: boolean, lines = ""): NativeResource[] {
  const trimmed = lines.split("\n").map((line) => line.trim());
  return trimmed.filter((line) => line !== "").map((line) => resource(groupVersion, namespaced, line));
}

/** All 72 resources. */
export const NATIVE_RESOURCES: readonly NativeResource[] = Object.entries(TABLE).flatMap(
  ([groupVersion, { namespaced, cluster }]) => [
    ...resources(groupVersion, true, namespaced),
    ...resources(groupVersion, false, cluster),
  ],
);
