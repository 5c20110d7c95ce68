/** USPS codes and names: "Austin, TX" and "Austin, Texas" are how boards of the United States write a place. */
const STATES =
  'AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut DE:Delaware DC:District_of_Columbia ' +
  'FL:Florida GA:Georgia HI:Hawaii ID:Idaho IL:Illinois IN:Indiana IA:Iowa KS:Kansas KY:Kentucky LA:Louisiana ME:Maine ' +
  'MD:Maryland MA:Massachusetts MI:Michigan MN:Minnesota MS:Mississippi MO:Missouri MT:Montana NE:Nebraska NV:Nevada ' +
  'NH:New_Hampshire NJ:New_Jersey NM:New_Mexico NY:New_York NC:North_Carolina ND:North_Dakota OH:Ohio OK:Oklahoma OR:Oregon ' +
  'PA:Pennsylvania RI:Rhode_Island SC:South_Carolina SD:South_Dakota TN:Tennessee TX:Texas UT:Utah VT:Vermont VA:Virginia ' +
  'WA:Washington WV:West_Virginia WI:Wisconsin WY:Wyoming'

const PAIRS = STATES.split(' ').map((pair) => pair.replaceAll('_', ' ').split(':'))
const CODES = new Set(PAIRS.map(([code]) => code))
const NAMES = new Set(PAIRS.map(([, name]) => name?.toLowerCase()))

export const isUsStateCode = (text: string): boolean => CODES.has(text)
export const isUsStateName = (text: string): boolean => NAMES.has(text.toLowerCase())
