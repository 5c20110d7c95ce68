import { audit } from './en/audit.ts'
import { campaignForm } from './en/campaign-form.ts'
import { campaignPlan } from './en/campaign-plan.ts'
import { campaign, campaigns } from './en/campaigns.ts'
import { dashboard } from './en/dashboard.ts'
import { jobs } from './en/jobs.ts'
import { candidates, feeds, segments } from './en/people.ts'
import { settings } from './en/settings.ts'
import { common, problems, shell, signIn, states } from './en/shell.ts'
import type { Texts } from './es.ts'

/** The same shape as the Spanish source; a missing text is a type error. */
export const en = {
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
} satisfies Texts
