/** The spellings of a unit that mean the same, as one that people read: `10*9/L`, `10E9/L` and `10^9/L` are 10⁹/L. */

const raised: Readonly<Record<string, string>> = { 3: '³', 6: '⁶', 9: '⁹', 12: '¹²' }

export function plainUnit(unit: string): string {
  return unit
    .replace(/^(?:x\s?)?10\s?(?:\*|E|e|\^|\*\*)\s?(3|6|9|12)(?=\/|$)/, (_, power: string) => `10${raised[power] ?? ''}`)
    .replace(/^u(?=(?:mol|g|L|l|kat)(?:\/|$))/, 'µ')
    .replaceAll('\u03bc', 'µ')
    .replace(/\/l$/, '/L')
    .replace(/\/dl$/, '/dL')
}
