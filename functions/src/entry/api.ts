import { http } from '@google-cloud/functions-framework'
import { bodyLimit } from '#functions/lib/body-limit.ts'
import { httpApp, listen } from '#functions/lib/http.ts'
import { idempotency } from '#functions/lib/idempotency.ts'
import { session } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { creativeRoutes } from './routes/creative.ts'
import { jobRoutes } from './routes/jobs.ts'
import { operationRoutes } from './routes/operations.ts'
import { referenceRoutes } from './routes/reference.ts'
import { systemRoutes } from './routes/system.ts'

const app = httpApp()
const sessions = session(() => ports('store', 'clock', 'identity', 'findKey'))
const once = idempotency(() => ports('store', 'clock'))
app.use('/v1/*', sessions, bodyLimit, once)
for (const routes of [systemRoutes, jobRoutes, campaignRoutes, creativeRoutes, operationRoutes]) routes(app)
referenceRoutes(app)

http('api', listen(app))
