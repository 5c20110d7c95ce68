import { GOOGLE_ANDES } from '#local/sandbox/google-ads/accounts.ts'
import { A_WHILE, type ConsoleWorld } from './console-world.ts'

/** As somebody does who copies the account's id with its dashes, and one credential wrongly at first. */
export async function connectAccount({ admin, open }: ConsoleWorld): Promise<void> {
  const { page } = admin
  await open(page, '/settings')
  const account = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Google Ads' }) })
  await account.getByRole('button', { name: 'Cambiar' }).click()
  const { id, developerToken, clientId, clientSecret, refreshToken } = GOOGLE_ANDES
  await page.getByLabel('Id. de la cuenta publicitaria').fill(id.replace(/^(...)(...)/, '$1-$2-'))
  await page.getByLabel('Token de desarrollador').fill(developerToken)
  await page.getByLabel('Id. del cliente').fill(clientId)
  await page.getByLabel('Secreto del cliente').fill(clientSecret)
  await page.getByLabel('Token de actualización').fill('1//not-the-refresh-token')
  await page.getByRole('button', { name: 'Guardar y comprobar' }).click()
  await page
    .getByRole('alert')
    .getByText(/google-ads refuses it/)
    .waitFor(A_WHILE)

  await page.getByLabel('Token de actualización').fill(refreshToken)
  await page.getByRole('button', { name: 'Guardar y comprobar' }).click()
  await page.getByText('Conexión guardada.').waitFor(A_WHILE)
  await account.getByText(`Talento Andes (Google) · ${id}`).waitFor()
  await account.getByText('Funciona').waitFor()
}
