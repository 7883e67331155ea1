import { definePlugin } from "@quarterdeck/sdk";
import { MaxInFlight, MaxInFlightOptions } from "./max-in-flight.js";

export default definePlugin({
  kind: "filter",
  name: "max-in-flight",
  version: "0.1.0",
  options: MaxInFlightOptions,
  plugin: MaxInFlight,
});
