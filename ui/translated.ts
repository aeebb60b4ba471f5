/**
 * Lets a browser translate the page without the page showing old words. A translation takes a text out of the page and puts an element in
 * its place; React would then change, move or remove the text that nobody sees. Here the element is replaced whole when its text changes,
 * and goes where the text goes.
 */

/** By the text that was taken out: what stands in its place. */
const instead = new WeakMap<Node, Element>()

function standIn(node: Node | null): Element | undefined {
  if (!node || node.parentNode) return undefined
  const element = instead.get(node)
  return element?.parentNode ? element : undefined
}

/** Puts an element in the place of a text, as a translation does. */
export function standFor(text: Text, element: Element): void {
  instead.set(text, element)
}

/** Called once, before the page is drawn. */
export function bearTranslation(root: Node): void {
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node): node is HTMLElement => node.nodeName === 'FONT')
    if (added.length === 0) return
    for (const { target, removedNodes, previousSibling, nextSibling } of changes)
      for (const removed of removedNodes) {
        if (removed.nodeType !== Node.TEXT_NODE || removed.parentNode) continue
        const element = added.find(
          (one) => one.parentNode === target && (one.previousSibling === previousSibling || one.nextSibling === nextSibling),
        )
        if (element) instead.set(removed, element)
      }
  }).observe(root, { childList: true, subtree: true })

  const value = Object.getOwnPropertyDescriptor(Node.prototype, 'nodeValue')
  if (value?.set && value.get) {
    const { get, set } = value
    Object.defineProperty(Text.prototype, 'nodeValue', {
      configurable: true,
      get(this: Text) {
        return get.call(this)
      },
      set(this: Text, text: string) {
        standIn(this)?.replaceWith(this)
        set.call(this, text)
      },
    })
  }
  const { appendChild, removeChild, insertBefore } = Node.prototype
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    const element = standIn(child)
    if (element && element.parentNode === this) {
      removeChild.call(this, element)
      return child
    }
    return removeChild.call(this, child) as T
  }
  Node.prototype.appendChild = function <T extends Node>(this: Node, added: T): T {
    standIn(added)?.remove()
    return appendChild.call(this, added) as T
  }
  Node.prototype.insertBefore = function <T extends Node>(this: Node, added: T, before: Node | null): T {
    // A text that moves takes the place of its translation.
    standIn(added)?.remove()
    return insertBefore.call(this, added, standIn(before) ?? before) as T
  }
}
