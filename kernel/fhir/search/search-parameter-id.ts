/** The id of the SearchParameter that a service publishes about a parameter of a type. An id has no underscore: `_tag` is `r-tag`. */
export function searchParameterId(type: string, name: string): string {
  return `${type}-${name.replace(/^_/, 'r-')}`
}
