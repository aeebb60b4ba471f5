/**
 * The name of a definition by its id: `no-home-alert` is NoHomeAlert. A name begins with a capital and has letters, digits and underscores
 * alone, so that it can name a class (http://hl7.org/fhir/R4/structuredefinition.html, invariant sdf-0, and the same of other definitions).
 */
export function definitionName(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
