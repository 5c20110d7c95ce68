import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findProfile, saveProfile } from '../../../cli/src/profile.ts'
import { adflux, freshFolder } from './adflux.ts'
import { type FakeApi, fakeApi, problem } from './fake-api.ts'

const local = (folder: string, profile: object): void => {
  mkdirSync(join(folder, '.adflux'), { recursive: true })
  writeFileSync(join(folder, '.adflux', 'local.json'), JSON.stringify(profile))
}
const at = (port: number) => ({
  apiUrl: `http://127.0.0.1:${port}/api`,
  ingestUrl: `http://127.0.0.1:${port}/i`,
  apiKey: `key-${port}`,
})

let api: FakeApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

test('the local stack is found from any folder below it, and the nearest one wins', () => {
  const home = freshFolder()
  const deep = join(home, 'project', 'a', 'b')
  mkdirSync(deep, { recursive: true })
  local(home, at(1))
  local(join(home, 'project'), at(2))
  expect(findProfile({ env: {}, cwd: deep, home: freshFolder() }, undefined)).toMatchObject(at(2))
  expect(findProfile({ env: {}, cwd: home, home: freshFolder() }, undefined)).toMatchObject(at(1))
})

test('addresses of the environment come before any file, and never with the key of a file', () => {
  const home = freshFolder()
  local(home, at(1))
  const env = { ADFLUX_API_URL: 'https://ads.example.com' }
  expect(findProfile({ env, cwd: home, home }, undefined)).toEqual({
    apiUrl: 'https://ads.example.com',
    from: 'ADFLUX_API_URL',
    file: null,
  })
})

test('a key of the environment replaces the key of the file', () => {
  const home = freshFolder()
  local(home, at(1))
  const profile = findProfile({ env: { ADFLUX_API_KEY: 'mine' }, cwd: home, home }, undefined)
  expect(profile).toMatchObject({ ...at(1), apiKey: 'mine' })
})

test('a saved profile is found by name, by path, by ADFLUX_PROFILE, and as the last resort', () => {
  const home = freshFolder()
  const world = { env: {}, cwd: home, home }
  saveProfile(join(home, '.config/adflux/profile.json'), at(1))
  saveProfile(join(home, '.config/adflux/ana.json'), at(2))
  expect(findProfile(world, undefined)).toMatchObject(at(1))
  expect(findProfile(world, 'ana')).toMatchObject(at(2))
  expect(findProfile(world, '.config/adflux/ana.json')).toMatchObject(at(2))
  expect(findProfile({ ...world, env: { ADFLUX_PROFILE: 'ana' } }, undefined)).toMatchObject(at(2))
  expect(findProfile({ ...world, env: { XDG_CONFIG_HOME: join(home, '.config') } }, 'ana')).toMatchObject(at(2))
})

test('without any, it says what to start', async () => {
  const { code, stderr } = await adflux(['jobs', 'list'])
  expect(code).toBe(1)
  expect(stderr).toBe(
    'adflux: No AdFlux to talk to: no .adflux/local.json here or above. Start one here with "npm start", or set ADFLUX_API_URL and ADFLUX_API_KEY.\n',
  )
})

test.each([
  ['{', 'cannot be read as JSON'],
  ['{"apiUrl":"ftp://x"}', 'is no profile. It needs at least apiUrl and apiKey. /apiUrl:'],
])('a broken profile is named: %s', async (text, words) => {
  const home = freshFolder()
  writeFileSync(join(home, 'x.json'), text)
  const { code, stderr } = await adflux(['jobs', 'list', '--profile', 'x.json'], { home })
  expect(code).toBe(1)
  expect(stderr).toContain(words)
})

test('a sign-in is kept for its owner alone, and used until it ends', async () => {
  api = await fakeApi({
    'POST /auth/login': ({ body }) =>
      (body as { password: string }).password === 'right'
        ? { body: { access_token: 'id-token', token_type: 'bearer', expires_in: 3600 } }
        : problem(401, 'Wrong user name or password'),
  })
  const home = freshFolder()
  const env = { ...api.env, ADFLUX_API_KEY: '' }
  const wrong = await adflux(['login', '--username', 'ana@x.co', '--password-stdin'], { env, home, stdin: 'wrong\n' })
  expect(wrong).toMatchObject({ code: 1, stderr: 'adflux: Wrong user name or password.\n' })

  const { code, stdout } = await adflux(['login', '--username', 'ana@x.co', '--password-stdin', '--json'], {
    env,
    home,
    stdin: 'right\n',
  })
  expect(code).toBe(0)
  const file = join(home, '.config/adflux/profile.json')
  expect(JSON.parse(stdout)).toMatchObject({ username: 'ana@x.co', profile: file })
  expect(stdout).not.toContain('id-token')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ apiUrl: api.url, apiKey: 'id-token' })

  saveProfile(file, { apiUrl: api.url, apiKey: 'id-token', expiresAt: '2020-01-01T00:00:00Z' })
  const later = await adflux(['jobs', 'list'], { home })
  expect(later.stderr).toBe('adflux: Your sign-in has ended. Sign in again with "adflux login".\n')
})

test('a password is never asked for where nobody can answer', async () => {
  api = await fakeApi({})
  const { code, stderr } = await adflux(['login', '--username', 'ana@x.co'], { env: api.env })
  expect(code).toBe(2)
  expect(stderr).toContain('--password-stdin')
  expect(api.seen).toEqual([])
})

test('nothing is left behind by a write that is cut short', () => {
  const file = join(freshFolder(), 'a/profile.json')
  saveProfile(file, at(1))
  expect(existsSync(`${file}.${process.pid}.part`)).toBe(false)
})
