import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The folder of real input beside the project, or null where it is absent. Its files are read where they lie, never copied. */
export function sharedData(): string | null {
  const folder = `${root}../shared/data`
  return existsSync(folder) ? folder : null
}

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** Path of a Chromium: the variable CHROME_PATH, then the usual places; null where there is none. */
export const chromium = (): string | null =>
  [process.env.CHROME_PATH ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path)) ?? null

/** What this machine lacks, and how to get it: the reason behind every test that is skipped for it. */
export function missing(): { what: string; remedy: string }[] {
  const lacks = []
  if (!sharedData()) lacks.push({ what: 'the real input ../shared/data', remedy: 'place it beside the project' })
  if (!chromium())
    lacks.push({ what: 'Chromium', remedy: 'sudo apt-get install --yes chromium, or set CHROME_PATH to a browser' })
  return lacks
}
