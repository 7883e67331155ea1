/** What both versions of autoscalers have in common. */
export const AUTOSCALER_OPTIONS = {
  group: "autoscaling",
  kind: "HorizontalPodAutoscaler",
  shortNames: ["hpa"],
  categories: ["all"],
  generation: true,
  status: true,
} as const;
