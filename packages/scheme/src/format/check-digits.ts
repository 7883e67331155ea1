function weightedSum(digits: string, weight: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const char = digits[index];
    sum += weight(index) * (char === "X" ? 10 : Number(char));
  }
  return sum;
}

/** An ISBN of ten digits, spaces and dashes aside, with its check digit. */
export function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, "");
  return /^\d{9}[\dX]$/.test(digits) && weightedSum(digits, (index) => index + 1) % 11 === 0;
}

/** An ISBN of thirteen digits, spaces and dashes aside, with its check digit. */
export function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, "");
  return /^\d{13}$/.test(digits) && weightedSum(digits, (index) => (index % 2 === 0 ? 1 : 3)) % 10 === 0;
}

const CARD =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11})$/;

/** A bank card number with whatever between the digits, and its Luhn check digit. */
export function isBankCard(text: string): boolean {
  const digits = text.replace(/\D+/g, "");
  if (!CARD.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
