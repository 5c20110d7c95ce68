import { http } from '@google-cloud/functions-framework'
import { httpApp, listen } from '#functions/lib/http.ts'
import { idempotency } from '#functions/lib/idempotency.ts'
import { session } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'
import { referenceRoutes } from './routes/reference.ts'
import { systemRoutes } from './routes/system.ts'

const app = httpApp()
app.use(
  '/v1/*',
  session(() => ports('store', 'clock', 'identity', 'findKey')),
)
app.use(
  '/v1/*',
  idempotency(() => ports('store', 'clock')),
)
systemRoutes(app)
referenceRoutes(app)

http('api', listen(app))
