/** Which portal this is: its path, as the build was told. Its name is also the namespace of its own texts. */
declare global {
  interface ImportMeta {
    /** Given by Vite. */
    readonly env: { readonly BASE_URL: string }
  }
}

export const base = import.meta.env.BASE_URL.replace(/\/$/, '')
/** The type is the namespace of what all portals say, and of what each says for itself: see texts.ts of this folder. */
export const portalName = base.slice(1) as 'portal'
