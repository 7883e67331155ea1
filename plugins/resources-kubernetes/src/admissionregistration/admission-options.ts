/** What all kinds of this group have in common. */
export const ADMISSION_OPTIONS = {
  group: "admissionregistration.k8s.io",
  scope: "Cluster",
  categories: ["api-extensions"],
  generation: true,
  unconditionalUpdate: false,
} as const;
