const INT32 = 2 ** 31;

/** True for a number as upstream reads deletion costs: 32 bits, no plus, no leading zeros. */
export function isDeletionCost(text: string): boolean {
  if (!/^(?:0|[1-9][0-9]{0,10}|-[0-9]{1,11})$/.test(text)) return false;
  return Number(text) >= -INT32 && Number(text) < INT32;
}
