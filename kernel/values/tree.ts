/** Walks of a JSON tree with the FHIRPath of each place. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export function visitObjects(value: Json, expression: string, visit: (value: object, expression: string) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (isTree(item)) visitObjects(item, `${expression}[${index}]`, visit)
  } else if (isTree(value)) {
    visit(value, expression)
    // Most members are texts: no place is written for them.
    for (const key of Object.keys(value)) {
      const child = value[key]
      if (isTree(child)) visitObjects(child, `${expression}.${key}`, visit)
    }
  }
}

function isTree(value: Json | undefined): value is Json[] | { [key: string]: Json } {
  return typeof value === 'object' && value !== null
}

/** The values in an object or array. Loops over names are several times as slow for objects of many shapes. */
export function membersOf(value: object): unknown[] {
  return Array.isArray(value) ? value : Object.values(value)
}

/** Whether any string passes the test. Without the places, a walk takes a tenth of the time. */
export function someString(value: Json, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value)
  if (!isTree(value)) return false
  for (const member of membersOf(value)) {
    if (typeof member === 'string' ? test(member) : isTree(member as Json) && someString(member as Json, test)) return true
  }
  return false
}

/** Whether any object passes the test, the value itself included; without the places, as in `someString`. */
export function someObject(value: Json, test: (value: object) => boolean): boolean {
  if (!isTree(value)) return false
  if (!Array.isArray(value) && test(value)) return true
  for (const member of membersOf(value)) if (isTree(member as Json) && someObject(member as Json, test)) return true
  return false
}

/** Visits every string with its place; `holder` is the object that holds the string. */
export function visitStrings(value: Json, expression: string, visit: (text: string, expression: string, holder: object) => void): void {
  visitObjects(value, expression, (holder, path) => {
    for (const [key, child] of Object.entries(holder)) {
      if (typeof child === 'string') visit(child, `${path}.${key}`, holder)
      else if (Array.isArray(child)) {
        child.forEach((item, index) => {
          if (typeof item === 'string') visit(item, `${path}.${key}[${index}]`, holder)
        })
      }
    }
  })
}
