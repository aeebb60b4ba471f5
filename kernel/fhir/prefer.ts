/** The header `Prefer`, RFC 7240. */

/**
 * The value of a preference, in lower case and empty for one without a value; undefined when it is not stated. Where it stands more than
 * once, the first counts alone (RFC 7240 section 2): the client has asked for that first, and a preference is no order.
 */
export function preferred(prefer: string | undefined, name: 'return' | 'handling' | 'respond-async'): string | undefined {
  for (const part of (prefer ?? '').split(/[,;]/)) {
    const [own = '', ...value] = part.split('=')
    if (own.trim().toLowerCase() === name) return value.join('=').replaceAll(/[\s"]/g, '').toLowerCase()
  }
  return undefined
}
