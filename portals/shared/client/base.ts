/** Which portal this is: the path that its build was given. The name is also the namespace of its own texts. */
declare global {
  interface ImportMeta {
    /** Given by Vite. */
    readonly env: { readonly BASE_URL: string }
  }
}

export const base = import.meta.env.BASE_URL.replace(/\/$/, '')
/** The type names the namespace of the texts that every portal has: see texts.ts of this folder. */
export const portalName = base.slice(1) as 'portal'
