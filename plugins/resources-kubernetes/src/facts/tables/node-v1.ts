// Written by facts/compact.js.

/** The types of node/v1, as JSON. */
export const NODE_V1 =
  '{"group":"node.k8s.io","version":"v1","protoPackage":"k8s.io.api.node.v1","types":{"Overhead":{"f":[["podFixed",1,"core/v1.ResourceList","o"]]},"RuntimeClass":{"f":[["metadata",1,"meta/v1.ObjectMeta","o"],["handler",2,"string","r"],["overhead",3,"*Overhead","o"],["scheduling",4,"*Scheduling","o"]],"t":true},"Scheduling":{"f":[["nodeSelector",1,"map[string]string","o",{"m":"atomic"}],["tolerations",2,"[]core/v1.Toleration","o",{"l":"atomic"}]]}}}';
