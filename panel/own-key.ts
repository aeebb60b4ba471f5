/** Names of what a browser keeps for one of the people who use it. The name shows that it is another person, and not who. */
let owner = ''

/** Called by a portal with the person who has signed in. */
export function setOwner(name: string): void {
  owner = fingerprint(name)
}

export function ownKey(name: string): string {
  return owner ? `${name}-${owner}` : name
}

/** FNV-1a: short, and the same each time. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (const unit of new TextEncoder().encode(text)) hash = Math.imul(hash ^ unit, 0x01000193) >>> 0
  return hash.toString(36)
}
