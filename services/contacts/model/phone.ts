/**
 * Whether a text is a telephone number that can be called as it stands: eight digits, a short number of five or six (02800, 116117), three
 * digits (113), or `+` or `00` and a number with its country code. Spaces, hyphens, points and brackets may separate the digits.
 */
export function isPhone(text: string): boolean {
  return /^(?:(?:\+|00)[1-9]\d{6,13}|[2-9]\d{7}|[01]\d{4,5}|1\d{2})$/.test(text.replace(/[\s().-]/g, ''))
}
