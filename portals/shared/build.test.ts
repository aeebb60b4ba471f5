import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { ensureBuilt, firstLoad, largestFirstLoad } from './build.ts'

const log = { info: () => {} }

for (const portal of ['clinician', 'citizen', 'controller']) {
  describe(portal, () => {
    let folder: string
    before(async () => {
      // Two starts at the same time, as two processes would do.
      const [first, second] = await Promise.all([ensureBuilt({ portal, log }), ensureBuilt({ portal, log })])
      assert.equal(first.folder, second.folder)
      folder = first.folder
    })

    const page = () => readFileSync(join(folder, 'index.html'), 'utf8')

    test('a second start with nothing changed builds nothing', async () => {
      assert.deepEqual(await ensureBuilt({ portal, log }), { folder, built: false })
    })

    test('the first page needs at most 250 kB of script, gzipped', async (t) => {
      const bytes = await firstLoad(portal, folder)
      t.diagnostic(`${portal}: ${bytes} bytes of script on the first page, gzipped`)
      assert.ok(bytes > 0 && bytes <= largestFirstLoad, `${bytes} bytes`)
    })

    test('the page holds no script or style of its own, which the Content-Security-Policy would refuse', () => {
      assert.doesNotMatch(page(), /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
    })

    test('nothing is fetched from elsewhere', () => {
      assert.doesNotMatch(page(), /(src|href)="(https?:)?\/\//)
      const sheets = [...page().matchAll(new RegExp(`href="/${portal}/(assets/[^"]+\\.css)"`, 'g'))].map(([, file]) =>
        readFileSync(join(folder, file ?? ''), 'utf8'),
      )
      assert.ok(sheets.length > 0)
      for (const sheet of sheets) assert.doesNotMatch(sheet, /url\(["']?(https?:)?\/\/|@import/)
    })
  })
}
