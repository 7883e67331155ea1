import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

const PODS = "/api/v1/namespaces/default/pods";
const MERGE = { "content-type": "application/merge-patch+json" };

function pod(name: string, spec: object = {}): object {
  return { metadata: { name }, spec: { containers: [{ name: "web", image: "nginx" }], ...spec } };
}

describe("checks of pods", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const patch = (path: string, body: object) => server.request(path, { method: "PATCH", headers: MERGE, body });

  it("answer all that is wrong with a new pod, with a cause for each", async () => {
    const containers = [{ name: "web", resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } }];
    const volumes = [{ name: "data", hostPath: {} }];
    const response = await server.request(PODS, { method: "POST", body: pod("bad", { containers, volumes }) });
    const causes = [
      { reason: "FieldValueRequired", message: "Required value", field: "spec.volumes[0].hostPath.path" },
      { reason: "FieldValueRequired", message: "Required value", field: "spec.containers[0].image" },
      {
        reason: "FieldValueInvalid",
        message: 'Invalid value: "2": must be less than or equal to cpu limit of 1',
        field: "spec.containers[0].resources.requests",
      },
    ];
    const texts = causes.map(({ field, message }) => `${field}: ${message}`).join(", ");
    const message = `Pod "bad" is invalid: [${texts}]`;
    expectFailure(response, 422, "Invalid", message, { name: "bad", kind: "Pod", causes });
  });

  it("let an image change, and show what else would", async () => {
    await create(server, PODS, pod("fixed"));
    const changed = await patch(`${PODS}/fixed`, {
      metadata: { labels: { a: "b" } },
      spec: { activeDeadlineSeconds: 9 },
    });
    expect(objectOf(changed).metadata).toMatchObject({ labels: { a: "b" }, generation: 2 });
    const refused = await patch(`${PODS}/fixed`, { spec: { hostname: "h" } });
    expect(refused.status).toBe(422);
    const [first, ...lines] = refused.json<{ message: string }>().message.split("\n");
    expect(first).toMatch(
      /^Pod "fixed" is invalid: spec: Forbidden: pod updates may not change fields other than `spec\./,
    );
    // The fields as upstream has them in memory, since its text is of those.
    expect(lines).toEqual(expect.arrayContaining(['- "Hostname": "",', '+ "Hostname": "h",']));
  });

  it("keep what has ended from running again, and let the rest of a bad status be", async () => {
    await create(server, PODS, pod("ended", { restartPolicy: "Never" }));
    const status = (state: object) => ({
      status: {
        containerStatuses: [{ name: "web", state, ready: false, restartCount: 0, image: "nginx", imageID: "" }],
      },
    });
    objectOf(await patch(`${PODS}/ended/status`, status({ terminated: { exitCode: 0 } })));
    const again = await patch(`${PODS}/ended/status`, status({ running: {} }));
    const field = "status.containerStatuses[0].state";
    const text = "Forbidden: may not be transitioned to non-terminated state";
    const causes = [{ reason: "FieldValueForbidden", message: text, field }];
    const details = { name: "ended", kind: "Pod", causes };
    expectFailure(again, 422, "Invalid", `Pod "ended" is invalid: ${field}: ${text}`, details);
  });

  it("keep the quality of a pod that is resized", async () => {
    await create(server, PODS, pod("sized"));
    const containers = [{ name: "web", image: "nginx", resources: { requests: { cpu: "1" } } }];
    const response = await patch(`${PODS}/sized/resize`, { spec: { containers } });
    const text = 'Invalid value: "BestEffort": Pod QOS Class may not change as a result of resizing';
    const causes = [{ reason: "FieldValueInvalid", message: text, field: "spec" }];
    const details = { name: "sized", kind: "Pod", causes };
    expectFailure(response, 422, "Invalid", `Pod "sized" is invalid: spec: ${text}`, details);
  });

  it("refuse templates as they refuse pods", async () => {
    const path = "/api/v1/namespaces/default/podtemplates";
    const template = { spec: { containers: [{ name: "web", image: "nginx", ports: [{ containerPort: 0 }] }] } };
    const response = await server.request(path, { method: "POST", body: { metadata: { name: "t" }, template } });
    const field = "template.spec.containers[0].ports[0].containerPort";
    const causes = [{ reason: "FieldValueRequired", message: "Required value", field }];
    const details = { name: "t", kind: "PodTemplate", causes };
    expectFailure(response, 422, "Invalid", `PodTemplate "t" is invalid: ${field}: Required value`, details);
  });
});
