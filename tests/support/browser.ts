import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'
import { chromium } from './present.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A browser without a window; its tests are skipped where `chromium()` finds none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = chromium()
  if (!executablePath) throw new Error('There is no Chromium on this machine: skip the test where chromium() is null')
  return driver.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
}

export type Visit = {
  page: Page
  /** Everything the page complained of so far: console errors, exceptions, breaches of the content security policy. */
  complaints: string[]
  close: () => Promise<void>
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'es-CO', viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  const complain = (what: string) => complaints.push(`${new URL(page.url()).pathname}: ${what}`)
  page.on('console', (message) => message.type() === 'error' && complain(message.text()))
  page.on('pageerror', (error) => complain(String(error)))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (breach) => {
      console.error(`Content security policy: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sample}`)
    })
  })
  return { page, complaints, close: () => context.close() }
}

/** Signs in by the one-click address that the stack prints. */
export async function signIn(page: Page, consoleUrl: string, user: string): Promise<void> {
  await page.goto(`${consoleUrl}/local/signin?user=${user}`)
  await page.getByRole('heading', { level: 1, name: /^(Hoy|Today)$/ }).waitFor()
}

/** Waits until nothing on the screen is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'))
}

/** What axe finds on the page as it is; a line per rule with the first places. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger: a script tag would be refused by the content security policy that is under test.
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe.source })
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((r) => r.violations.map((v) =>
      v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' (' + (n.any[0]?.message ?? '') + ')').join('; ')))`,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  return result.value as string[]
}

/** Pixels by which the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
