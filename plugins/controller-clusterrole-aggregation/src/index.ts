import { definePlugin } from "@quarterdeck/sdk";
import { ClusterRoleAggregation } from "./clusterrole-aggregation.js";

export default definePlugin({
  kind: "controller",
  name: "clusterrole-aggregation",
  version: "0.1.0",
  plugin: ClusterRoleAggregation,
});
