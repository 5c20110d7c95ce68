#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import nodeModule, { createRequire } from 'node:module'
import { constants, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The Node that the project is pinned to, found through its package; null where it is not installed. */
function pinnedNode() {
  const find = createRequire(import.meta.url).resolve
  try {
    const manifest = find('node/package.json')
    const file = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node)
    return [file, `${file}.exe`].find((candidate) => existsSync(candidate)) ?? null
  } catch {
    return null
  }
}

function runUnder(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ADFLUX_PINNED_NODE: '1' },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => giveUp(`${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
}

function giveUp(why) {
  process.stderr.write(`adflux: ${why}. AdFlux needs Node 24: run "npm ci" in its folder, or install Node 24.\n`)
  process.exit(1)
}

const runsTypeScript = Number.parseInt(process.versions.node, 10) >= 24 && Boolean(process.features.typescript)
if (runsTypeScript) {
  // Compiled once, kept where nobody else writes: half of a short command's time.
  nodeModule.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'adflux'))
  const { main } = await import('../src/main.ts')
  await main()
} else {
  const node = process.env.ADFLUX_PINNED_NODE ? null : pinnedNode()
  if (node) runUnder(node)
  else giveUp(`this is Node ${process.versions.node}`)
}
