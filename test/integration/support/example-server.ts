import type { Config } from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { Environment } from "../../../docs/examples/environment/src/index.js";
import { Rollout, RolloutV1Beta1, RolloutV2Alpha1 } from "../../../docs/examples/rollout/src/index.js";
import { Widget } from "./widget.js";

/** A server with the native kinds, the two example resources and a widget that is as a custom resource. */
export function startExampleServer(config: Config = {}): Promise<TestServer> {
  return startTestServer({ config, resources: [Rollout, RolloutV1Beta1, RolloutV2Alpha1, Environment, Widget] });
}
