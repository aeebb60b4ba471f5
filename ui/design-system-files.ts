/** Where the files of the design system are, for a server that sends them unchanged. */
const home = new URL('../', import.meta.resolve('@helsenorge/designsystem-react'))

/** `path` as in `fonts/source-sans-pro-400-regular.woff2`. */
export function designSystem(path: string): URL {
  return new URL(path, home)
}
