import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openBrowser, settled, signIn, visit } from '#tests/support/browser.ts'

/** `npm run screenshots [-- <console address>]`: pictures of the console of the demo that runs now, for README and docs. */

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = join(ROOT, 'docs', 'screenshots')

type Shot = {
  name: string
  path: string
  locale: 'en-US' | 'es-CO'
  theme: 'light' | 'dark'
  width: number
  height: number
}

const desktop = { width: 1280, height: 840 }
const phone = { width: 390, height: 844 }
const english = { locale: 'en-US', theme: 'light' } as const
const spanish = { locale: 'es-CO', theme: 'light' } as const

const SHOTS: Shot[] = [
  { name: 'today', path: '/', ...english, ...desktop },
  { name: 'today.es', path: '/', ...spanish, ...desktop },
  { name: 'jobs', path: '/jobs', ...english, ...desktop },
  { name: 'campaign', path: '/campaigns/CMP-0002', ...english, ...desktop },
  { name: 'campaign.es', path: '/campaigns/CMP-0002', ...spanish, ...desktop },
  { name: 'segments', path: '/segments', ...english, ...desktop },
  { name: 'campaign-dark', path: '/campaigns/CMP-0002', locale: 'en-US', theme: 'dark', ...desktop },
  { name: 'phone', path: '/', locale: 'es-CO', theme: 'dark', ...phone },
]

const browser = await openBrowser()
try {
  const consoleUrl = runningConsole()
  mkdirSync(FOLDER, { recursive: true })
  for (const shot of SHOTS) await take(consoleUrl, shot)
} finally {
  await browser.close()
}

/** The address given, else that of the newest stack here. Throws where none runs, with what to do. */
function runningConsole(): string {
  const given = process.argv[2]
  if (given) return given
  const file = join(ROOT, '.adflux', 'local.json')
  if (!existsSync(file)) throw new Error('No demo runs: start one with "npm start", then run this again.')
  const { consoleUrl }: { consoleUrl: string } = JSON.parse(readFileSync(file, 'utf8'))
  return consoleUrl
}

async function take(consoleUrl: string, { name, path, locale, theme, width, height }: Shot): Promise<void> {
  const { page, complaints, close } = await visit(browser, {
    locale,
    colorScheme: theme,
    viewport: { width, height },
    deviceScaleFactor: 1.5,
    reducedMotion: 'reduce',
  })
  await signIn(page, consoleUrl, 'admin')
  await page.goto(consoleUrl + path)
  await settled(page)
  await drawn(page)
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  await close()
  if (complaints.length > 0) throw new Error(`${path} complained: ${complaints.join('; ')}`)
  console.log(`docs/screenshots/${name}.png`)
}

/** Charts measure themselves after the first paint, and counts come after the lists that they count. */
function drawn(page: Page): Promise<void> {
  return page.waitForTimeout(1_000)
}
