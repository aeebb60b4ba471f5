#!/usr/bin/env node
/**
 * What `npx helsevev` starts. Plain JavaScript, because a Node that is too old for the program may run it too: it then starts the program
 * with the Node that `npm ci` installed, or says what is missing.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const NEEDED = 26

if (Number.parseInt(process.versions.node, 10) >= NEEDED) await import('./helsevev.ts')
else process.exitCode = runInstalled() ?? complain()

/** The exit code of the program; undefined when there is no Node to start it with. */
function runInstalled() {
  try {
    const node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')
    const program = join(dirname(fileURLToPath(import.meta.url)), 'helsevev.ts')
    const { status, signal, error } = spawnSync(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
    return error ? undefined : (status ?? (signal ? 1 : undefined))
  } catch {
    // The package node is not installed.
    return undefined
  }
}

function complain() {
  const here = `This is Node ${process.versions.node}, and helsevev needs Node ${NEEDED}.`
  process.stderr.write(`${here} Run npm ci in the folder of Helsevev, which installs it for Helsevev alone.\n`)
  return 78
}
