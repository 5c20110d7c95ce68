import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFunction, functionNames } from './build/build-function.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUT = join(ROOT, 'dist/functions')

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => name !== 'web' && !functionNames().includes(name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')} to build: choose from web, ${functionNames().join(', ')}.`)
  process.exit(2)
}
const wanted = (name: string): boolean => asked.length === 0 || asked.includes(name)

if (wanted('web')) {
  const built = spawnSync(join(ROOT, 'node_modules/.bin/vite'), ['build', 'web'], { cwd: ROOT, stdio: 'inherit' })
  if (built.status !== 0) process.exit(1)
}
for (const name of functionNames().filter(wanted)) {
  const { folder, packages, adapters } = await buildFunction(name, OUT)
  console.log(`${folder.slice(ROOT.length)}: ${adapters.length} adapters, ${packages.length} packages`)
}
