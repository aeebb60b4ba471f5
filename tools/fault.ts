/** One thing wrong in the repository: where, and what to do about it. */
export interface Fault {
  /** Path from the root of the repository. */
  file: string
  line?: number
  message: string
}

/** `kernel/store/records.ts:12  message`, one line per fault, in the order of the files. */
export function describeFaults(faults: readonly Fault[]): string {
  return [...faults]
    .sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0))
    .map((fault) => `${fault.file}${fault.line === undefined ? '' : `:${fault.line}`}  ${fault.message}`)
    .join('\n')
}
