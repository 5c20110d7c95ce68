import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { z } from 'zod'
import { openBrowser, settled, signIn, type Visit, visit } from '#tests/support/browser.ts'
import { removePlace, type Stack, stackPlace, startStack } from '#tests/support/stack.ts'

export const BRIEFLY = { timeout: 5_000 }
export const A_WHILE = { timeout: 60_000 }

export const OPENING = {
  externalId: 'console-1',
  title: 'Desarrolladora backend',
  company: 'Talento Andes',
  location: { city: 'Bogotá', country: 'CO' },
  description: '<p>APIs en <strong>Node.js</strong> para un equipo de doce personas.</p>',
  applyUrl: 'https://jobs.example.com/console-1',
}

/** Two kinds of people that any clustering tells apart. */
export const PEOPLE = Array.from({ length: 40 }, (_, i) => ({
  externalId: `person-${i}`,
  ...(i % 2
    ? { skills: ['Node.js', 'PostgreSQL', 'Docker'], place: 'Bogotá, Colombia', yearsExperience: 4 + (i % 5) }
    : { skills: ['Inventarios', 'Montacargas', 'Picking'], place: 'Medellín, Colombia', yearsExperience: 1 + (i % 3) }),
  name: `Persona ${i}`,
  email: `persona${i}@people.example`,
}))

export const SCREENS = [
  '/',
  '/?days=28',
  '/jobs',
  '/jobs/JOB-0001',
  '/candidates',
  '/candidates/CAND-0001',
  '/segments',
  '/campaigns',
  '/campaigns/CMP-0001',
  '/campaigns/new?job=JOB-0001',
  '/campaigns/CMP-0001/edit',
  '/feeds',
  '/settings',
  '/settings?tab=schedules',
  '/settings?tab=members',
  '/settings?tab=preferences',
]

const Books = z.object({ objects: z.array(z.object({ fields: z.record(z.string(), z.unknown()) })) })

export type ConsoleWorld = {
  browser: Browser
  consoleUrl: string
  recruiter: { email: string; password: string }
  /** Signed in as the administrator; what happens in it must never be complained of. */
  admin: Visit
  /** An ATS pushes one job. */
  push: (job: object) => Promise<void>
  api: (path: string, body: unknown) => Promise<void>
  /** Every daily budget in the sandbox's own books, as the platform holds it. */
  budgets: () => Promise<string[]>
  /** Moves the one clock of the stack. */
  advance: (by: string) => Promise<void>
  /** What the imitated platforms do wrong from now on. */
  fault: (fault: object) => Promise<void>
  open: (page: Page, path: string) => Promise<void>
  end: () => Promise<void>
}

/** A stack of its own without demo data, and a browser before it. */
export async function consoleWorld(): Promise<ConsoleWorld> {
  const place = await stackPlace()
  const stack: Stack = await startStack(place)
  const browser = await openBrowser()
  const { consoleUrl, apiUrl, ingestUrl, sandboxUrl, apiKey, org, users } = stack.profile()
  const recruiter = users.find((user) => user.role === 'recruiter' && user.org === org)
  if (!recruiter) throw new Error('The stack has no recruiter')
  const admin = await visit(browser)
  await signIn(admin.page, consoleUrl, 'admin')

  const post = async (url: string, body: unknown): Promise<void> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.ok, `${url} answered ${answer.status} ${await answer.text()}`).toBe(true)
  }
  return {
    browser,
    consoleUrl,
    recruiter,
    admin,
    push: (job) => post(`${ingestUrl}/v1/jobs`, job),
    api: (path, body) => post(`${apiUrl}${path}`, body),
    budgets: async () => {
      const { objects } = Books.parse(await (await fetch(`${sandboxUrl}/_sandbox/books`)).json())
      return objects.flatMap(({ fields }) => (fields.daily_budget ? [String(fields.daily_budget)] : []))
    },
    advance: (by) => post(`${sandboxUrl}/_sandbox/clock`, { advance: by }),
    fault: (fault) => post(`${sandboxUrl}/_sandbox/faults`, fault),
    open: async (page, path) => {
      await page.goto(consoleUrl + path)
      await settled(page)
    },
    end: async () => {
      await browser.close()
      await stack.end('SIGTERM')
      removePlace(place)
    },
  }
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** The status beside the screen's title. */
export const status = (page: Page, name: string): Locator =>
  page.getByRole('heading', { level: 1 }).locator('..').getByText(name, { exact: true })

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${control}`)
}

/** From a job's page to the saved draft without a mouse: 20 a day for thirty days, one segment, the words that AdFlux suggests. */
export async function draftByKeyboard(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Crear campaña' }).focus()
  await page.keyboard.press('Enter')

  const budget = page.getByLabel(/^Presupuesto al día/)
  await budget.waitFor()
  await tabTo(page, budget)
  await page.keyboard.type('20,00')
  const end = page.getByLabel('Termina')
  await tabTo(page, end)
  // How a date is typed depends on the browser's own language, which a test cannot set.
  await end.fill(inDays(30))
  const segment = page.getByRole('checkbox', { name: /Node\.js/ }).first()
  await tabTo(page, segment)
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Proponer texto' }))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Proponer otro' }).waitFor()
  expect(await page.getByLabel('Titular').inputValue()).toContain(OPENING.title)
  await tabTo(page, page.getByRole('button', { name: 'Guardar y ver el plan' }))
  await page.keyboard.press('Enter')
}

/** A window of its own, signed in by one click. */
export async function enter({ browser, consoleUrl }: ConsoleWorld, role: Parameters<typeof signIn>[2]): Promise<Visit> {
  const visited = await visit(browser)
  await signIn(visited.page, consoleUrl, role)
  return visited
}

export async function keepLanguageAndTheme(world: ConsoleWorld): Promise<void> {
  const { page, close } = await enter(world, 'admin')
  await page.getByRole('button', { name: /^Cuenta/ }).click()
  await page.getByRole('menuitemradio', { name: 'Inglés (English)' }).click()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  await close()
}
