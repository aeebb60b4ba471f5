/** Stands in the place of `node:test` for a file that runs together with others; the query of its address names the file. */
import { mock } from 'node:test'
import { nodeTestFor } from './test-together.ts'

const { test, describe, before, after, beforeEach, afterEach } = nodeTestFor(new URL(import.meta.url).searchParams.get('file') ?? '')

export { after, afterEach, before, beforeEach, describe, mock, test }
export default test
