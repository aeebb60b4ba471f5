/**
 * Two files of oidc-provider, imported by themselves: its index does no more than gather them, and prints "Unsupported runtime" under a
 * Node that has no long-term support yet, such as the one of package.json.
 */
declare module 'oidc-provider/lib/provider.js' {
  const Provider: typeof import('oidc-provider').default

  export { Provider }
}

declare module 'oidc-provider/lib/helpers/errors.js' {
  const errors: typeof import('oidc-provider').errors
  export = errors
}
