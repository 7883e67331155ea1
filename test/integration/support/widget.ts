import { ApiObject, Field, Resource, Scale, Spec, Status, Subresource } from "@quarterdeck/sdk";

/** What a widget is to be. */
export class WidgetSpec {
  @Field({ type: "integer", minimum: 0 }) size?: number;
  @Field({ type: "string", enum: ["red", "blue"] }) colour?: string;
}

/** What a widget is. */
export class WidgetStatus {
  @Field({ type: "integer" }) size?: number;
}

/** How long `wait` takes. */
export class WaitRequest {
  @Field({ type: "integer", minimum: 0 }) milliseconds?: number;
}

/** A kind that behaves as those of a CustomResourceDefinition, with subresources that are slow or broken. */
@Resource({ group: "example.com", version: "v1", kind: "Widget", flavour: "custom" })
@Scale({ spec: ".spec.size", status: ".status.size" })
export class Widget extends ApiObject<WidgetSpec, WidgetStatus> {
  @Spec() override spec!: WidgetSpec;
  @Status() override status?: WidgetStatus;

  @Subresource("wait")
  async wait(request: WaitRequest): Promise<object> {
    await new Promise((resolve) => setTimeout(resolve, request.milliseconds ?? 0));
    return { kind: "Waited", apiVersion: "example.com/v1" };
  }

  @Subresource("break")
  break(): object {
    throw new Error("this widget breaks");
  }
}

/** The widgets of a namespace. */
export function widgetsOf(namespace: string): string {
  return `/apis/example.com/v1/namespaces/${namespace}/widgets`;
}

/** A widget that is valid. */
export function widget(name: string, spec: object = {}): object {
  return { apiVersion: "example.com/v1", kind: "Widget", metadata: { name }, spec };
}
