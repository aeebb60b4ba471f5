/**
 * postgres.js, mended where it loses its way when a connection dies. Version 3.4.9 writes to a socket that is gone and so ends the
 * whole process (https://github.com/porsager/postgres/issues/1208, open), leaves a pool slot waiting for answers that never come, and
 * would run what is left of a broken transaction outside any transaction on the next connection. The database being killed
 * under load is an ordinary event here (docs/run/what-happens-if.md), so its two files are changed as they are loaded.
 * Anyone who needs the value `postgres` imports it from here; types come from the package. To be dropped when a release has the fixes.
 */
import { registerHooks } from 'node:module'

/** Each `find` must be there exactly once; a new version of the package that changes these lines is refused and looked at. */
const mends: { file: string; find: string; put: string }[] = [
  {
    // Nothing can be sent on a connection that is gone. Said later, so that the person who asks again and again lets the socket's close
    // come through; true, so that the pool leaves the connection in the queue it is in.
    file: 'connection.js',
    find: `    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
    put: `    if (!socket || socket.destroyed)
      return setImmediate(queryError, q, Errors.connection('CONNECTION_CLOSED', options, socket)), true

    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
  },
  {
    // An answer to the server's greeting may be ready only when the connection is gone.
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
    // What was about to be sent and what was being answered belong to the connection that is gone, not to the one that follows.
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
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
  },
  {
    // Also after a socket error: a statement may have come between that error and the close.
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
    // The types are asked for again on the connection that follows.
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
    // A transaction ends with its connection; the connection object lives on for others.
    file: 'index.js',
    find: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    put: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue === full`,
  },
]

/** Marks the modules that are changed, so that the package as released can be loaded next to them, before or after. */
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
        throw new Error(`postgres/src/${file} is not the one that kernel/store/postgres.ts mends. Look whether the release has the fixes.`)
      return text.replace(find, () => put)
    }, source)
}

export default postgres
