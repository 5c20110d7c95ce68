import { http } from '@google-cloud/functions-framework'
import { bodyLimit } from '#functions/lib/body-limit.ts'
import { httpApp, listen } from '#functions/lib/http.ts'
import { idempotency } from '#functions/lib/idempotency.ts'
import { session } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'
import { mountRoutes } from './routes/mount.ts'

const app = httpApp('api')
const sessions = session(() => ports('store', 'clock', 'identity', 'findKey'))
const once = idempotency(() => ports('store', 'clock'))
for (const path of ['/v1/*', '/compat/*']) app.use(path, sessions, bodyLimit, once)
mountRoutes(app)

http('api', listen(app))
