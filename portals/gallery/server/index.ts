/**
 * The gallery: every state and piece that the screens consist of, on one page for each portal. It holds no data and signs nobody in. The
 * client is built when the page is first opened, so that a start is not slower for it.
 */
import staticPlugin from '@fastify/static'
import { protect } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import { looks, pathOf } from '../looks.ts'

interface GalleryOptions {
  /** Builds the client when needed, and returns its folder. */
  clientFolder: () => Promise<string>
  https: () => boolean
}

export function gallery({ clientFolder, https }: GalleryOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(
      async (inside) => {
        await inside.register(staticPlugin, { root: import.meta.dirname, serve: false })
        inside.addHook('onSend', async (_request, reply) => protect(reply, https()))
        for (const path of ['/', ...looks.map(pathOf)])
          inside.get(path, async (_request, reply) =>
            reply.sendFile('index.html', await clientFolder(), { cacheControl: false, etag: false, lastModified: false }),
          )
        inside.get('/assets/*', async (request, reply) => {
          const { '*': file } = request.params as { '*': string }
          reply.header('cache-control', 'public, max-age=31536000, immutable')
          return reply.sendFile(`assets/${file}`, await clientFolder(), { cacheControl: false })
        })
      },
      { prefix: '/gallery' },
    )
  }
}
