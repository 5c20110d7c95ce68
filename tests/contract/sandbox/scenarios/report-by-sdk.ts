import sdk from 'facebook-nodejs-business-sdk'

interface Input {
  token: string
  account: string
}

/** An asynchronous report with the SDK: start, poll, read page by page. */
export async function run({ token, account: id }: Input): Promise<unknown> {
  const api = new sdk.FacebookAdsApi(token, 'en_US', false)
  const account = new sdk.AdAccount(id, {}, undefined, api)
  const started = await account.getInsightsAsync(['campaign_id', 'impressions', 'spend'], {
    level: 'campaign',
    time_increment: 1,
    date_preset: 'maximum',
  })
  const runId = String(started.id ?? started._data.report_run_id)
  const report = new sdk.AdReportRun(runId, { report_run_id: runId })
  // The SDK's class drops the api that it is given.
  Object.assign(report, { _api: api })
  const seen = new Set<string>()
  for (;;) {
    const state = (await report.get(['async_status', 'async_percent_completion'])) as unknown as {
      async_status: string
    }
    seen.add(state.async_status)
    if (state.async_status === 'Job Completed') break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const cursor = await report.getInsights([], { limit: 3 })
  let rows = [...cursor].map((row) => (row as unknown as { _data: unknown })._data)
  let pages = 1
  while (cursor.hasNext()) {
    await cursor.next()
    pages++
    rows = rows.concat([...cursor].map((row) => (row as unknown as { _data: unknown })._data))
  }
  return { seen: [...seen], pages, rows }
}
