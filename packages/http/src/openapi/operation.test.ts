import { expect, it } from "vitest";
import { identifierPart, operationScope, operationTag } from "./operation.js";

it("makes the scope and the tag that upstream makes of a group and version", () => {
  const of = (group: string, version: string): string[] => [
    operationScope({ group, version }),
    operationTag({ group, version }),
  ];
  expect(of("", "v1")).toEqual(["CoreV1", "core_v1"]);
  expect(of("coordination.k8s.io", "v1")).toEqual(["CoordinationV1", "coordination_v1"]);
  expect(of("rbac.authorization.k8s.io", "v1beta1")).toEqual(["RbacAuthorizationV1beta1", "rbacAuthorization_v1beta1"]);
  expect(of("delivery.example.com", "v1")).toEqual(["DeliveryExampleComV1", "deliveryExampleCom_v1"]);
});

it("drops punctuation and digits in front", () => {
  expect(identifierPart("roll-back.2", true)).toBe("RollBack2");
  expect(identifierPart("2nd", true)).toBe("Nd");
});
