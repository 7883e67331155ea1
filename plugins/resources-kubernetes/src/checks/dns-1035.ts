const SHAPE = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end " +
  "with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const MAX = 63;

/** What is wrong with a label that starts with a letter, as versions and kinds in lower case are; upstream's `IsDNS1035Label`. */
export function dns1035LabelErrors(value: string): readonly string[] {
  const tooLong = Buffer.byteLength(value) > MAX ? [`must be no more than ${MAX} characters`] : [];
  return SHAPE.test(value) ? tooLong : [...tooLong, TEXT];
}
