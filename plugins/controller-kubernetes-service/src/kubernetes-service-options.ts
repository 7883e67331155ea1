import { Field } from "@quarterdeck/sdk";

/** The options of the controller of the Service `kubernetes`. */
export class KubernetesServiceOptions {
  @Field({
    minLength: 1,
    description:
      "The IP address that others reach the server at; upstream's --advertise-address. Default: the bound one, or the machine's first.",
  })
  advertiseAddress?: string;
}
