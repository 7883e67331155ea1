/**
 * The cluster role bindings that upstream makes at the start, Kubernetes 1.36: each binds the cluster role of its own name
 * to these subjects, `<kind> <name>`, service accounts as `<namespace>/<name>`.
 */
export const CLUSTER_ROLE_BINDINGS: { readonly [name: string]: readonly string[] } = {
  "cluster-admin": ["Group system:masters"],
  "system:basic-user": ["Group system:authenticated"],
  "system:discovery": ["Group system:authenticated"],
  "system:kube-controller-manager": ["User system:kube-controller-manager"],
  "system:kube-dns": ["ServiceAccount kube-system/kube-dns"],
  "system:kube-scheduler": ["User system:kube-scheduler"],
  "system:monitoring": ["Group system:monitoring"],
  // The node authorizer is who lets nodes do things.
  "system:node": [],
  "system:node-proxier": ["User system:kube-proxy"],
  "system:public-info-viewer": ["Group system:authenticated", "Group system:unauthenticated"],
  "system:service-account-issuer-discovery": ["Group system:serviceaccounts"],
  "system:volume-scheduler": ["User system:kube-scheduler"],
};
