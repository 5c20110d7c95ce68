import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overflow, signIn, violations, visit } from '#tests/support/browser.ts'
import { chromium } from '#tests/support/present.ts'
import { connectAccount } from './connect-account.ts'
import {
  A_WHILE,
  BRIEFLY,
  type ConsoleWorld,
  consoleWorld,
  draftByKeyboard,
  enter,
  keepLanguageAndTheme,
  OPENING,
  PEOPLE,
  SCREENS,
  status,
} from './console-world.ts'
import { loseTheServer } from './lose-the-server.ts'

/** The console in a real browser before a whole stack: what a recruiter does on the day that an opening comes. */
describe.skipIf(chromium() === null)('the console in Chromium', () => {
  let world: ConsoleWorld

  beforeAll(async () => {
    world = await consoleWorld()
  })
  afterAll(() => world?.end())

  test('says that there are no jobs, and shows a pushed one while one looks', async () => {
    const { page } = world.admin
    await page.getByRole('link', { name: 'Vacantes' }).click()
    await page.getByText('Todavía no hay vacantes.').waitFor()
    await page.getByRole('status').getByText('En vivo').waitFor()

    await world.push(OPENING)
    const row = page.getByRole('row', { name: /JOB-0001/ })
    await row.getByRole('link', { name: OPENING.title }).waitFor(BRIEFLY)
    expect(await row.textContent()).toContain('Abierta')
  })

  test('lets no row move under the hand: a new one waits until it is asked for, or the hand leaves', async () => {
    const { page } = world.admin
    await page.getByRole('row', { name: /JOB-0001/ }).hover()
    await world.push({ ...OPENING, externalId: 'console-2', title: 'Conductor de reparto' })
    await page.getByRole('button', { name: '1 fila nueva: mostrar' }).waitFor(BRIEFLY)
    expect(await page.getByRole('row', { name: /JOB-0002/ }).count()).toBe(0)
    await page.getByRole('button', { name: '1 fila nueva: mostrar' }).click()
    await page.getByRole('row', { name: /JOB-0002/ }).waitFor()
  })

  test('trains a model on candidates and shows what sets each segment apart', async () => {
    const { page } = world.admin
    await world.api('/v1/candidates/import', PEOPLE)
    await page.getByRole('link', { name: 'Segmentos' }).click()
    await page.getByText('Todavía no hay segmentos.').waitFor()
    await page.getByRole('button', { name: 'Entrenar ahora' }).click()
    await page.getByText(/Modelo entrenado: \d+ segmentos de 40 candidatos/).waitFor(A_WHILE)
    await page.getByText('Node.js').first().waitFor()
    await page.getByText('Montacargas').first().waitFor()
  })

  test('drafts a campaign by keyboard alone and shows what publishing will do', async () => {
    const { page } = world.admin
    await world.open(page, '/jobs/JOB-0001')
    await draftByKeyboard(page)

    await page.getByText('Lo más que puede costar', { exact: true }).waitFor(A_WHILE)
    await status(page, 'Borrador').waitFor()
    const plan = page.getByRole('region', { name: 'Qué se hará al publicar' })
    await plan.getByText(/Ciudad Bogotá/).waitFor()
  })

  test('publishes: in review until the platform has reviewed, active then', async () => {
    const { page } = world.admin
    await page.getByRole('button', { name: 'Publicar' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publicar y empezar a gastar' })
    await dialog.getByText(/Lo más que puede costar es [\d.,]+/).waitFor()
    await dialog.getByRole('button', { name: 'Publicar' }).click()
    await page.getByText('La plataforma la está revisando').first().waitFor(A_WHILE)
    await status(page, 'En curso').waitFor()
    await page.getByText(/La plataforma confirmó: en revisión/).waitFor()
    await page.getByText('Aún no se ha sincronizado: no hay cifras que mostrar.').waitFor()

    await world.advance('PT30M')
    await status(page, 'Activa').waitFor(A_WHILE)
    await page.getByText(/La plataforma confirmó: activa/).waitFor()
  })

  test('changes the budget of a running campaign: shows the difference, publishes it, and the platform has it', async () => {
    const { page } = world.admin
    expect(await world.budgets()).toEqual(['2000'])
    await page.getByRole('link', { name: 'Editar' }).click()
    await page.getByRole('heading', { level: 1, name: 'Editar CMP-0001' }).waitFor()
    const budget = page.getByLabel(/^Presupuesto al día/)
    expect(await budget.inputValue()).toBe('20.00')
    expect(await page.getByLabel('Países').isDisabled()).toBe(true)
    await budget.fill('35,00')
    await page.getByRole('button', { name: 'Guardar y ver el plan' }).click()

    await page.getByRole('region', { name: 'Cambios sin publicar' }).getByText(/35,00/).waitFor(A_WHILE)
    const plan = page.getByRole('region', { name: 'Qué se hará al publicar' })
    await plan.getByText('Se cambiará 1 objeto').waitFor(A_WHILE)
    const change = plan.getByRole('definition').filter({ hasText: '2000' })
    expect(await change.textContent()).toMatch(/2000.*3500/)
    expect(await world.budgets()).toEqual(['2000'])

    await plan.getByRole('button', { name: 'Publicar los cambios' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publicar los cambios' })
    await dialog.getByRole('button', { name: 'Publicar' }).click()
    await expect.poll(world.budgets, A_WHILE).toEqual(['3500'])
    await page.getByRole('region', { name: 'Cambios sin publicar' }).waitFor({ state: 'detached', ...A_WHILE })
    await status(page, 'Activa').waitFor(A_WHILE)
  })

  test('shows the figures as soon as the platform has reported them', async () => {
    const { page } = world.admin
    await world.advance('P5D')
    await world.api('/v1/sync', { platform: 'meta' })
    await page.getByRole('img', { name: /Gasto por día/ }).waitFor(A_WHILE)
    await page.getByRole('button', { name: 'Ver como tabla' }).first().click()
    await page
      .getByRole('table', { name: /Gasto por día/ })
      .getByRole('row')
      .nth(5)
      .waitFor(A_WHILE)
  })

  test('pauses the ad while one watches when its job is closed', async () => {
    const { page } = world.admin
    await world.push({ externalId: OPENING.externalId, status: 'closed' })
    await status(page, 'En pausa').waitFor(A_WHILE)
    await page.getByText('Su vacante se cerró').first().waitFor()
    await page.getByText(/La plataforma confirmó: en pausa/).waitFor()
  })

  test('did all of that without an error or a breach of the content security policy', () => {
    expect(world.admin.complaints).toEqual([])
  })

  test.each([
    { theme: 'light', locale: 'es-MX', width: 1280 },
    { theme: 'dark', locale: 'en-US', width: 1280 },
    { theme: 'dark', locale: 'es-MX', width: 360 },
    { theme: 'light', locale: 'en-US', width: 360 },
  ] as const)('is accessible on every screen: $theme, $locale, $width px', async ({ theme, locale, width }) => {
    const { page, complaints, close } = await visit(world.browser, {
      locale,
      colorScheme: theme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    })
    await page.goto(world.consoleUrl)
    await page.getByRole('button').waitFor()
    const found: Record<string, string[]> = { 'sign in': await violations(page) }
    await signIn(page, world.consoleUrl, 'admin')
    for (const path of SCREENS) {
      await world.open(page, path)
      const tooWide = (await overflow(page)) > 0 ? ['wider than the window'] : []
      found[path] = [...(await violations(page)), ...tooWide]
    }
    expect(found).toEqual(Object.fromEntries(['sign in', ...SCREENS].map((path) => [path, []])))
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2))
    expect(complaints).toEqual([])
    await close()
  })

  test('shows a viewer no control that writes, and no contact data', async () => {
    const { page, close } = await enter(world, 'viewer')
    for (const path of SCREENS) {
      await world.open(page, path)
      const writes = page.locator('main').getByRole('button', {
        name: /Publicar|Pausar|Reanudar|Cerrar vacante|Reabrir|Entrenar|Añadir|Quitar|Leer ahora|Guardar|Comprobar|Cambiar|Más acciones/,
      })
      expect(await writes.count(), path).toBe(0)
      expect(await page.getByRole('link', { name: /Crear campaña|Nueva campaña|Duplicar|Editar/ }).count(), path).toBe(
        0,
      )
    }
    await world.open(page, '/candidates/CAND-0001')
    await page.getByText('Su función no permite ver datos de contacto.').waitFor()
    await close()
  })

  test('shows contact data to a recruiter who asks for it', async () => {
    const { page, close } = await enter(world, 'recruiter')
    await world.open(page, '/candidates/CAND-0001')
    expect(await page.getByText('@people.example').count()).toBe(0)
    await page.getByRole('button', { name: 'Ver el contacto' }).click()
    await page.getByText(/persona\d+@people\.example/).waitFor()
    await close()
  })

  test('signs in by e-mail and password, says when they are wrong, and signs out', async () => {
    const { page, close } = await visit(world.browser)
    const { email, password } = world.recruiter
    await page.goto(`${world.consoleUrl}/jobs`)
    await page.getByLabel('Correo electrónico').fill(email)
    await page.getByLabel('Contraseña').fill('not the password')
    await page.getByRole('button', { name: 'Entrar' }).click()
    await page.getByRole('alert').getByText('El correo o la contraseña no son correctos.').waitFor()
    await page.getByLabel('Contraseña').fill(password)
    await page.getByRole('button', { name: 'Entrar' }).click()
    await page.getByRole('heading', { level: 1, name: 'Vacantes' }).waitFor()
    await page.getByRole('button', { name: /^Cuenta/ }).click()
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click()
    await page.getByRole('heading', { level: 1, name: 'Entrar en AdFlux' }).waitFor()
    await close()
  })

  test('tells an administrator once what needs one, retries it on a press, and forgets it when read', async () => {
    const { page } = world.admin
    await world.fault({ platform: 'meta', fault: 'expired-token', operation: 'create-report', times: 1 })
    await world.api('/v1/sync', { platform: 'meta' })
    await world.open(page, '/')
    const line = page.getByRole('listitem').filter({ hasText: 'Aviso a los administradores' })
    await line.getByText(/Sigue abierto/).waitFor(A_WHILE)
    await line.getByRole('button', { name: 'Reintentar' }).click()
    await line.getByText(/Ya pasó/).waitFor(A_WHILE)
    await line.getByRole('button', { name: 'Marcar como leído' }).click()
    await line.waitFor({ state: 'detached' })
  })

  test('connects an account of any platform, and says what is wrong with what it was given', () =>
    connectAccount(world))

  test('shows the other organisation nothing of this one', async () => {
    const { page, close } = await visit(world.browser, { locale: 'en-US' })
    await page.goto(`${world.consoleUrl}/local/signin?user=admin&org=acme`)
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await world.open(page, '/jobs')
    await page.getByText('No jobs yet.').waitFor()
    await world.open(page, '/jobs/JOB-0001')
    await page.getByText('It does not exist').waitFor()
    await close()
  })

  test('says when it has not reached the server yet, when it lost it, and when it is back', () => loseTheServer(world))

  test('changes language and theme from the menu, and keeps both', () => keepLanguageAndTheme(world))
})
