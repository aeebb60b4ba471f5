import type { Resource } from '@medplum/fhirtypes'

/** An entry of a delivery with its place; what was sent is not validated yet, and may be any JSON. */
export interface Entry {
  at: string
  index: number
  fullUrl: string | undefined
  resource: Resource
}
