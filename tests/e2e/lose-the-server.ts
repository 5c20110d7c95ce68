import { expect } from 'vitest'
import { overflow, signIn, visit } from '#tests/support/browser.ts'
import { A_WHILE, type ConsoleWorld } from './console-world.ts'

/** On a phone, whose header has the least room: before Firestore has answered, without a network, and back again. */
export async function loseTheServer({ browser, consoleUrl, open }: ConsoleWorld): Promise<void> {
  const { page, close } = await visit(browser, { viewport: { width: 360, height: 800 } })
  const says = async (words: string): Promise<void> => {
    await page.getByRole('status').getByText(words).waitFor(A_WHILE)
    expect(await overflow(page), words).toBe(0)
  }
  await signIn(page, consoleUrl, 'admin')
  await page.route(/google\.firestore/, (route) => route.abort())
  await page.goto(`${consoleUrl}/settings?tab=preferences`)
  await says('Conectando')
  await page.unrouteAll()
  await open(page, '/')
  await says('En vivo')
  await page.context().setOffline(true)
  await says('Sin conexión')
  await page.context().setOffline(false)
  await says('En vivo')
  await close()
}
