import { audit } from './es/audit.ts'
import { campaignForm } from './es/campaign-form.ts'
import { campaignPlan } from './es/campaign-plan.ts'
import { campaign, campaigns } from './es/campaigns.ts'
import { dashboard } from './es/dashboard.ts'
import { jobs } from './es/jobs.ts'
import { candidates, feeds, segments } from './es/people.ts'
import { settings } from './es/settings.ts'
import { common, problems, shell, signIn, states } from './es/shell.ts'

/** The source of every text of the console: English must have the same shape. */
export const es = {
  audit,
  campaign,
  campaignForm,
  campaignPlan,
  campaigns,
  candidates,
  common,
  dashboard,
  feeds,
  jobs,
  problems,
  segments,
  settings,
  shell,
  signIn,
  states,
}

export type Texts = typeof es
