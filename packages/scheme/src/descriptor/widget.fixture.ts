import { ApiObject, Field, Resource, type ResourceOptions, Spec, Status } from "@quarterdeck/sdk";

class Part {
  @Field({ type: "integer" })
  replicas?: number;

  @Field()
  selector?: string;

  @Field({ items: { type: "string" } })
  names?: string[];
}

/** A class of a kind with these options and nothing to find fault with besides. */
export function kind(options: Partial<ResourceOptions>, ...decorators: ClassDecorator[]) {
  class Widget extends ApiObject<Part, Part> {
    @Spec()
    override spec?: Part;

    @Status()
    override status?: Part;

    override convertTo(): object {
      return { ...this };
    }

    static convertFrom(stored: object): object {
      return stored;
    }
  }
  Resource({ group: "example.com", version: "v1", kind: "Widget", ...options })(Widget);
  for (const decorate of decorators) decorate(Widget);
  return Widget;
}
