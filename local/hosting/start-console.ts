import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import superstatic from 'superstatic/lib/superstatic.js'
import { answerProblem } from '../host/problem.ts'
import type { LocalAccess } from '../stack/local-users.ts'
import { forwardTo } from './forward.ts'
import type { Hosting } from './hosting-config.ts'
import { userMeant } from './sign-in.ts'

type ConsoleOptions = {
  port: number
  /** Folder that `hosting.public` is relative to. */
  root: string
  hosting: Hosting
  functionsUrl: string
  /** What `/config.json` answers: where the console finds its backends. */
  config: object
  users: LocalAccess['users']
  customToken: (uid: string) => Promise<string>
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/** The console as Firebase Hosting serves it by firebase.json (headers, redirects, rewrites), with the two addresses that only a laptop has. */
export async function startConsole(options: ConsoleOptions): Promise<{ url: string; stop: () => Promise<void> }> {
  const { rewrites, headers, public: folder } = options.hosting
  const { cleanUrls = false, trailingSlash = false } = options.hosting
  const hosted = superstatic({
    // Its typings know destinations only; rewrites to a service are what `rewriters` is for.
    config: {
      public: folder,
      headers,
      cleanUrls,
      trailingSlash,
      rewrites: rewrites as { source: string; destination: string }[],
    },
    cwd: options.root,
    stack: 'strict',
    compression: true,
    rewriters: {
      run: async ({ run }: { run: { serviceId: string } }): Promise<Middleware> => {
        const functionUrl = `${options.functionsUrl}/${run.serviceId}`
        return (request, response) => forwardTo(functionUrl, request, response)
      },
    },
  }) as Middleware

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://console')
    if (pathname === '/config.json') return answerJson(response, options.config)
    if (pathname === '/local/signin') return void signIn(options, searchParams, request, response)
    hosted(request, response, (error) => {
      if (error) console.error(error)
      answerProblem(
        response,
        error ? 500 : 404,
        error ? 'Internal Server Error' : 'Not Found',
        `${pathname} is not here.`,
      )
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answerJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(value))
}

async function signIn(
  { users, customToken }: ConsoleOptions,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A page of another name that resolves to this machine must not be handed a token.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) {
    return answerProblem(response, 403, 'Forbidden', 'Open this address on 127.0.0.1 or localhost.')
  }
  const user = userMeant(users, query)
  if (!user) {
    const known = users.map(({ email }) => email).join(', ')
    return answerProblem(response, 404, 'Not Found', `There is no such user. Known: ${known}.`)
  }
  try {
    const token = await customToken(user.uid)
    response.writeHead(302, {
      location: `/signin#token=${token}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    response.end()
  } catch (error) {
    console.error(error)
    answerProblem(
      response,
      502,
      'Bad Gateway',
      'No sign-in token could be made; the log of the cloud process says why.',
    )
  }
}
