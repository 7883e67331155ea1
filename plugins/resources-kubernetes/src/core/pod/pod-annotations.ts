/** On pods that a kubelet has from a file: the server has a mirror of them. */
export const MIRROR_ANNOTATION = "kubernetes.io/config.mirror";
/** Tolerations as JSON, from before there was a field for them: nobody reads them, but they must be some. */
export const TOLERATIONS_ANNOTATION = "scheduler.alpha.kubernetes.io/tolerations";
/** Among the pods of one owner those that cost less go first. */
export const DELETION_COST_ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";
/** What fields say nowadays: of the pod, and with the name of a container behind it. */
export const SECCOMP_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";
export const SECCOMP_CONTAINER_ANNOTATION = "container.seccomp.security.alpha.kubernetes.io/";
/** With the name of a container behind it. */
export const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

/** Profiles by name stand behind this in annotations. */
export const LOCALHOST_PREFIX = "localhost/";
