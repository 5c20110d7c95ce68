import { createRoute, z } from '@hono/zod-openapi'
import { Model, SegmentEvidence } from '#domain/segment.ts'
import { analyze } from '#functions/capabilities/segmentation/analyze.ts'
import { listModels } from '#functions/capabilities/segmentation/find-segments.ts'
import { predictAll, predictOne } from '#functions/capabilities/segmentation/predict.ts'
import { demandModel } from '#functions/capabilities/segmentation/read-model.ts'
import { train } from '#functions/capabilities/segmentation/train.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { json, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

/** The payload is the engine's own: encoder and centres. */
const ModelView = Model.omit({ payload: true }).meta({ id: 'ModelView' })
const view = ({ payload: _, ...model }: Model): z.infer<typeof ModelView> => model
const name = z.object({ es: z.string(), en: z.string() })

const TrainInput = z
  .strictObject({
    clusters: z.int().min(2).max(50).optional(),
    seed: z.int().min(0).max(2_147_483_647).optional(),
    engine: z.enum(['ml-kmeans']).optional(),
  })
  .meta({ id: 'TrainInput' })
const Trained = z
  .object({
    version: z.string(),
    k: z.int(),
    n: z.int(),
    inertia: z.number(),
    engine: z.string(),
    segments: z.array(z.object({ id: z.string(), name, size: z.int() })),
    changed: z.int(),
  })
  .meta({ id: 'Trained' })
const PredictInput = z
  .strictObject({ model: z.string().max(128).optional(), candidate: z.string().max(128).optional() })
  .meta({ id: 'PredictInput' })
const Predicted = z
  .union([
    z.object({
      model: z.string(),
      assigned: z.int(),
      changed: z.int(),
      segments: z.array(z.object({ id: z.string(), size: z.int() })),
      labels: z.record(z.string(), z.string()).nullable(),
    }),
    z.object({
      model: z.string(),
      candidate: z.string(),
      segment: z.string(),
      distance: z.number(),
      name: name.nullable(),
    }),
  ])
  .meta({ id: 'Predicted' })
const Analysis = z
  .object({
    model: z.string(),
    candidates: z.int(),
    unassigned: z.int(),
    segments: z.array(z.object({ id: z.string(), name, evidence: SegmentEvidence })),
  })
  .meta({ id: 'Analysis' })
const optional = <S extends z.ZodType>(schema: S) => ({
  body: { content: { 'application/json': { schema } }, required: false },
})

const training = createRoute({
  method: 'post',
  path: '/v1/models/train',
  summary: 'Train a model on all candidates and move them into its segments',
  request: optional(TrainInput),
  responses: { 200: json(Trained, 'The new version'), ...problems },
})
const list = createRoute({
  method: 'get',
  path: '/v1/models',
  summary: 'Model versions, newest first',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(ModelView), 'A page'), ...problems },
})
const analysis = createRoute({
  method: 'get',
  path: '/v1/models/analysis',
  summary: 'Who is in each segment now: size, share, experience, skills, places',
  responses: { 200: json(Analysis, 'Largest segment first'), ...problems },
})
const predict = createRoute({
  method: 'post',
  path: '/v1/models/predict',
  summary: 'Label all candidates or one; an earlier model labels as it did and writes nothing',
  request: optional(PredictInput),
  responses: { 200: json(Predicted, 'Labels'), ...problems },
})
const read = createRoute({
  method: 'get',
  path: '/v1/models/{version}',
  summary: 'A model version',
  request: { params: z.object({ version: z.string().max(128) }) },
  responses: { 200: json(ModelView, 'The version'), ...problems },
})

export function modelRoutes(app: App): void {
  app.use('/v1/models/*', wellFormedJson)
  app.openapi(training, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'models:train')
    const needs = await ports('store', 'clusterer', 'clock')
    return c.json(await train(needs, caller.org, causeOf(caller), c.req.valid('json') ?? {}), 200)
  })
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { items, next } = await listModels(await ports('store'), caller.org, c.req.valid('query'))
    return c.json({ items: items.map(view), next }, 200)
  })
  app.openapi(analysis, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    return c.json(await analyze(await ports('store'), caller.org), 200)
  })
  app.openapi(predict, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'candidates:write')
    const needs = await ports('store')
    const { model, candidate } = c.req.valid('json') ?? {}
    if (candidate === undefined) return c.json(await predictAll(needs, caller.org, causeOf(caller), model), 200)
    const found = await needs.store.find(caller.org, 'candidates', candidate)
    return c.json(await predictOne(needs, caller.org, found, model), 200)
  })
  app.openapi(read, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { model } = await demandModel((await ports('store')).store, caller.org, c.req.valid('param').version)
    return c.json(view(model), 200)
  })
}
