/**
 * postgres.js with mended faults in what happens when a connection is lost, or a statement fails after its first rows. Version 3.4.9 writes
 * to a closed socket, which ends the whole process (https://github.com/porsager/postgres/issues/1208, open). It also leaves a pool slot that
 * waits for answers that never come, would run the rest of a broken transaction outside any transaction on the next connection, and counts
 * the rows of a failed statement in the next one. Here it is an ordinary event that the database is killed under load
 * (docs/run/what-happens-if.md), so the two files of the package are changed when they are loaded. Import the value `postgres` from here
 * and the types from the package. To be removed when a release has the fixes.
 */
import { registerHooks } from 'node:module'

/** Each `find` must occur exactly once: a new version of the package that changes these lines is refused until the mends are checked. */
const mends: { file: string; find: string; put: string }[] = [
  {
    // Nothing can be sent on a lost connection. The error is reported later, so that a caller who tries again at once does not hold up the
    // close event of the socket. The result is true, so that the pool leaves the connection in its queue.
    file: 'connection.js',
    find: `    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
    put: `    if (!socket || socket.destroyed)
      return setImmediate(queryError, q, Errors.connection('CONNECTION_CLOSED', options, socket)), true

    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
  },
  {
    // The connection may already be lost when the answer to the greeting of the server is ready.
    file: 'connection.js',
    find: `    const x = socket.write(chunk, fn)
`,
    put: `    if (!socket) {
      chunk = nextWriteTimer = null
      return false
    }
    const x = socket.write(chunk, fn)
`,
  },
  {
    // What waits to be sent or to be answered belongs to the lost connection, not to the next one.
    file: 'connection.js',
    find: `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
    put: `    clearImmediate(nextWriteTimer)
    nextWriteTimer = chunk = null
    const unanswered = query
    query = errorResponse = results = null
    result = new Result()
    rows = 0
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
  },
  {
    // Rows that came before an error belong to the statement that failed: the next one on the connection would begin with as many holes,
    // and a reader of its first row would find nothing.
    file: 'connection.js',
    find: `    query = results = errorResponse = null
    result = new Result()
    connectTimer.cancel()`,
    put: `    query = results = errorResponse = null
    result = new Result()
    rows = 0
    connectTimer.cancel()`,
  },
  {
    // This is needed after a socket error, too: a statement may have come between that error and the close.
    file: 'connection.js',
    find: `    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
    put: `    const lost = Errors.connection('CONNECTION_CLOSED', options, socket)
    unanswered && queryError(unanswered, lost)
    if (initial)
      return reconnect()

    sent.length && error(lost)
`,
  },
  {
    // The types are read again on the next connection.
    file: 'connection.js',
    find: '        return fetchArrayTypes()',
    put: '        return fetchArrayTypes().catch(() => { needsTypes = true })',
  },
  {
    file: 'index.js',
    find: `    let savepoints = 0
      , connection
`,
    put: `    let savepoints = 0
      , lost = null
      , connection
`,
  },
  {
    file: 'index.js',
    find: 'new Promise((_, reject) => connection.onclose = reject)',
    put: `new Promise((_, reject) => connection.onclose = error => {
          lost = error
          while (queries.length)
            queries.shift().reject(error)
          reject(error)
        })`,
  },
  {
    // A transaction ends with its connection, while the connection object is used again for others.
    file: 'index.js',
    find: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    put: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue === full`,
  },
]

/** Marks the changed modules, so that the package as released can be loaded in the same process, before or after. */
const MARK = '?mended'
const mended = new Set<string>()
const hooks = registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    const isPart = specifier.startsWith('.') && context.parentURL?.endsWith(MARK)
    return isPart ? { ...resolved, url: `${resolved.url}${MARK}` } : resolved
  },
  load(url, context, next) {
    const loaded = next(url, context)
    const file = /\/node_modules\/postgres\/src\/(connection|index)\.js\?mended$/.exec(url)?.[1]
    if (!file || !loaded.source) return loaded
    mended.add(file)
    return { ...loaded, source: mend(`${file}.js`, loaded.source.toString()) }
  },
})
const { default: postgres }: { default: typeof import('postgres') } = await import(`${import.meta.resolve('postgres')}${MARK}`)
hooks.deregister()
if (mended.size !== 2) throw new Error('The package postgres has other files than those that kernel/store/postgres.ts changes.')

function mend(file: string, source: string): string {
  return mends
    .filter((each) => each.file === file)
    .reduce((text, { find, put }) => {
      if (text.split(find).length !== 2)
        throw new Error(`postgres/src/${file} is not the one that kernel/store/postgres.ts mends. Check whether the release has the fixes.`)
      return text.replace(find, () => put)
    }, source)
}

export default postgres
