import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, overflow, settled, signIn, type Visit, violations, visit } from '#tests/support/browser.ts'
import { chromium } from '#tests/support/present.ts'
import { removePlace, type Stack, type StackPlace, stackPlace, startStack } from '#tests/support/stack.ts'

/** The console in a real browser before a whole stack: what a recruiter does on the day that an opening comes. */

const BRIEFLY = { timeout: 5_000 }
const A_WHILE = { timeout: 60_000 }

describe.skipIf(chromium() === null)('the console in Chromium', () => {
  let place: StackPlace
  let stack: Stack
  let browser: Browser
  let admin: Visit

  beforeAll(async () => {
    place = await stackPlace()
    ;[stack, browser] = await Promise.all([startStack(place), openBrowser()])
    admin = await visit(browser)
    await signIn(admin.page, stack.profile().consoleUrl, 'admin')
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.end('SIGTERM')
    removePlace(place)
  })

  const push = async (job: object): Promise<void> => {
    const { ingestUrl, apiKey } = stack.profile()
    const answer = await fetch(`${ingestUrl}/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(job),
    })
    expect(answer.status, await answer.text()).toBe(200)
  }
  const advance = async (by: string): Promise<void> => {
    await fetch(`${stack.profile().sandboxUrl}/_sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: by }),
    })
  }
  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(stack.profile().consoleUrl + path)
    await settled(page)
  }
  const status = (page: Page, name: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(name, { exact: true })

  test('says that there are no jobs, and shows a pushed one while one looks', async () => {
    const { page } = admin
    await page.getByRole('link', { name: 'Vacantes' }).click()
    await page.getByText('Todavía no hay vacantes.').waitFor()
    await page.getByRole('status').getByText('En vivo').waitFor()

    await push(OPENING)
    const row = page.getByRole('row', { name: /JOB-0001/ })
    await row.getByRole('link', { name: 'Desarrolladora backend' }).waitFor(BRIEFLY)
    expect(await row.textContent()).toContain('Abierta')
  })

  test('drafts a campaign by keyboard alone and shows what publishing will do', async () => {
    const { page } = admin
    await page.getByRole('link', { name: 'Desarrolladora backend' }).click()
    const create = page.getByRole('link', { name: 'Crear campaña' })
    await create.focus()
    await page.keyboard.press('Enter')

    const budget = page.getByLabel(/^Presupuesto al día/)
    await budget.waitFor()
    await tabTo(page, budget)
    await page.keyboard.type('20,00')
    const end = page.getByLabel('Termina')
    await tabTo(page, end)
    // How a date is typed depends on the browser's own language, which a test cannot set.
    await end.fill(inDays(30))
    await tabTo(page, page.getByRole('button', { name: 'Proponer texto' }))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Proponer otro' }).waitFor()
    expect(await page.getByLabel('Titular').inputValue()).toContain('Desarrolladora backend')
    await tabTo(page, page.getByRole('button', { name: 'Guardar y ver el plan' }))
    await page.keyboard.press('Enter')

    await page.getByText('Lo más que puede costar', { exact: true }).waitFor(A_WHILE)
    expect(await page.getByRole('heading', { name: 'Qué se hará al publicar' }).isVisible()).toBe(true)
    await status(page, 'Borrador').waitFor()
  })

  test('publishes: in review until the platform has reviewed, active then', async () => {
    const { page } = admin
    await page.getByRole('button', { name: 'Publicar' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publicar y empezar a gastar' })
    await dialog.getByText(/Lo más que puede costar es [\d.,]+/).waitFor()
    await dialog.getByRole('button', { name: 'Publicar' }).click()
    await page.getByText('La plataforma la está revisando').first().waitFor(A_WHILE)
    await status(page, 'En curso').waitFor()
    await page.getByText(/La plataforma confirmó: en revisión/).waitFor()

    await advance('PT30M')
    await status(page, 'Activa').waitFor(A_WHILE)
    await page.getByText(/La plataforma confirmó: activa/).waitFor()
  })

  test('pauses the ad while one watches when its job is closed', async () => {
    const { page } = admin
    await push({ externalId: OPENING.externalId, status: 'closed' })
    await status(page, 'En pausa').waitFor(A_WHILE)
    await page.getByText('Su vacante se cerró').first().waitFor()
    await page.getByText(/La plataforma confirmó: en pausa/).waitFor()
  })

  test('did all of that without an error or a breach of the content security policy', () => {
    expect(admin.complaints).toEqual([])
  })

  test.each([
    { theme: 'light', locale: 'es-MX', width: 1280 },
    { theme: 'dark', locale: 'en-US', width: 1280 },
    { theme: 'dark', locale: 'es-MX', width: 360 },
    { theme: 'light', locale: 'en-US', width: 360 },
  ] as const)('is accessible on every screen: $theme, $locale, $width px', async ({ theme, locale, width }) => {
    const { page, complaints, close } = await visit(browser, {
      locale,
      colorScheme: theme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    })
    await page.goto(stack.profile().consoleUrl)
    await page.getByRole('button').waitFor()
    const found: Record<string, unknown> = { 'sign in': await violations(page) }
    await signIn(page, stack.profile().consoleUrl, 'admin')
    for (const path of SCREENS) {
      await open(page, path)
      found[path] = [...(await violations(page)), ...((await overflow(page)) > 0 ? ['wider than the window'] : [])]
    }
    expect(found).toEqual(Object.fromEntries(['sign in', ...SCREENS].map((path) => [path, []])))
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2))
    expect(complaints).toEqual([])
    await close()
  })

  test('shows a viewer no control that writes, and contact data to nobody who may not see it', async () => {
    const { page, close } = await visit(browser)
    await signIn(page, stack.profile().consoleUrl, 'viewer')
    for (const path of SCREENS.filter((screen) => !screen.endsWith('/new'))) {
      await open(page, path)
      const writes = page.locator('main').getByRole('button', {
        name: /Publicar|Pausar|Reanudar|Cerrar vacante|Reabrir|Entrenar|Añadir|Quitar|Leer ahora|Guardar|Comprobar|Cambiar/,
      })
      expect(await writes.count(), path).toBe(0)
      expect(await page.getByRole('link', { name: /Crear campaña|Nueva campaña|Editar/ }).count(), path).toBe(0)
    }
    await close()
  })

  test('shows the other organisation nothing of this one', async () => {
    const { page, close } = await visit(browser, { locale: 'en-US' })
    await page.goto(`${stack.profile().consoleUrl}/local/signin?user=admin&org=acme`)
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await open(page, '/jobs')
    await page.getByText('No jobs yet.').waitFor()
    await open(page, '/jobs/JOB-0001')
    await page.getByText('It does not exist').waitFor()
    await close()
  })

  test('says when it lost the server, and when it is back', async () => {
    const { page, close } = await visit(browser)
    await signIn(page, stack.profile().consoleUrl, 'admin')
    await page.getByRole('status').getByText('En vivo').waitFor(A_WHILE)
    await page.context().setOffline(true)
    await page.getByRole('status').getByText('Sin conexión').waitFor(A_WHILE)
    await page.context().setOffline(false)
    await page.getByRole('status').getByText('En vivo').waitFor(A_WHILE)
    await close()
  })
})

const OPENING = {
  externalId: 'console-1',
  title: 'Desarrolladora backend',
  company: 'Talento Andes',
  location: { city: 'Bogotá', country: 'CO' },
  description: '<p>APIs en <strong>Node.js</strong> para un equipo de doce personas.</p>',
  applyUrl: 'https://jobs.example.com/console-1',
}

const SCREENS = [
  '/',
  '/jobs',
  '/jobs/JOB-0001',
  '/candidates',
  '/segments',
  '/campaigns',
  '/campaigns/CMP-0001',
  '/campaigns/new',
  '/feeds',
  '/settings',
  '/settings?tab=schedules',
  '/settings?tab=members',
  '/settings?tab=preferences',
]

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${control}`)
}
