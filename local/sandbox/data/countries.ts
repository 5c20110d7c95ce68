export interface Country {
  code: string
  en: string
  es: string
  /** Adults that the platform reaches there, thousands. Rounded from public figures; the sandbox claims plausibility, not truth. */
  reachK: number
  /** What a thousand impressions cost there before anything else is known, USD. */
  cpmUsd: number
  /** Its ads fall under the EU's Digital Services Act. */
  eu: boolean
}

const EU = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

const ROWS = `
AR|Argentina|Argentina|28000|2.1
BO|Bolivia|Bolivia|6200|1.4
BR|Brazil|Brasil|112000|2.6
CL|Chile|Chile|12500|3.4
CO|Colombia|Colombia|34000|2.4
CR|Costa Rica|Costa Rica|3000|3.1
CU|Cuba|Cuba|4500|1.2
DO|Dominican Republic|República Dominicana|6000|2.2
EC|Ecuador|Ecuador|11500|1.9
GT|Guatemala|Guatemala|8200|1.8
HN|Honduras|Honduras|4300|1.6
MX|Mexico|México|82000|3.0
NI|Nicaragua|Nicaragua|3200|1.4
PA|Panama|Panamá|2400|2.9
PE|Peru|Perú|22500|1.9
PR|Puerto Rico|Puerto Rico|1700|8.0
PY|Paraguay|Paraguay|3700|1.7
SV|El Salvador|El Salvador|3700|1.9
UY|Uruguay|Uruguay|2300|3.0
VE|Venezuela|Venezuela|12500|1.1
ES|Spain|España|29000|5.8
PT|Portugal|Portugal|6600|5.0
FR|France|Francia|40000|7.2
IT|Italy|Italia|38000|6.0
DE|Germany|Alemania|42000|9.0
NL|Netherlands|Países Bajos|10500|9.4
BE|Belgium|Bélgica|7200|8.2
IE|Ireland|Irlanda|3100|8.8
AT|Austria|Austria|4700|8.4
CH|Switzerland|Suiza|4600|12.5
PL|Poland|Polonia|20500|3.9
CZ|Czechia|Chequia|5600|4.4
RO|Romania|Rumania|9900|2.9
BG|Bulgaria|Bulgaria|4000|2.8
HU|Hungary|Hungría|5600|3.2
GR|Greece|Grecia|5600|3.8
SE|Sweden|Suecia|6100|9.8
DK|Denmark|Dinamarca|3600|11.0
NO|Norway|Noruega|3400|11.6
FI|Finland|Finlandia|3300|8.6
EE|Estonia|Estonia|800|5.2
LV|Latvia|Letonia|1000|4.6
LT|Lithuania|Lituania|1600|4.4
SK|Slovakia|Eslovaquia|2900|4.0
SI|Slovenia|Eslovenia|1100|4.7
HR|Croatia|Croacia|2200|3.6
LU|Luxembourg|Luxemburgo|400|9.5
MT|Malta|Malta|380|6.4
CY|Cyprus|Chipre|830|5.5
IS|Iceland|Islandia|270|9.9
GB|United Kingdom|Reino Unido|44000|9.6
US|United States|Estados Unidos|203000|12.4
CA|Canada|Canadá|26000|10.2
AU|Australia|Australia|17500|11.8
NZ|New Zealand|Nueva Zelanda|3300|9.4
JP|Japan|Japón|62000|8.6
KR|South Korea|Corea del Sur|26000|7.4
SG|Singapore|Singapur|3700|8.9
HK|Hong Kong|Hong Kong|4700|8.2
TW|Taiwan|Taiwán|16500|6.3
IN|India|India|410000|1.3
PH|Philippines|Filipinas|83000|1.4
ID|Indonesia|Indonesia|135000|1.2
MY|Malaysia|Malasia|22000|2.2
TH|Thailand|Tailandia|49000|1.8
VN|Vietnam|Vietnam|70000|1.3
AE|United Arab Emirates|Emiratos Árabes Unidos|8600|7.1
SA|Saudi Arabia|Arabia Saudita|19500|5.2
IL|Israel|Israel|5600|8.4
TR|Türkiye|Turquía|52000|1.7
EG|Egypt|Egipto|45000|0.9
MA|Morocco|Marruecos|18000|1.1
ZA|South Africa|Sudáfrica|25000|2.4
NG|Nigeria|Nigeria|36000|0.9
KE|Kenya|Kenia|12500|1.1
GH|Ghana|Ghana|8000|1.0`

/** By ISO 3166-1 code. */
export const COUNTRIES: ReadonlyMap<string, Country> = new Map(
  ROWS.trim()
    .split('\n')
    .map((row) => {
      const [code = '', en = '', es = '', reach = '', cpm = ''] = row.split('|')
      return [code, { code, en, es, reachK: Number(reach), cpmUsd: Number(cpm), eu: EU.has(code) }]
    }),
)

/** A target that Meta reads as the whole world, and so as the EU too. */
export const isWorldwide = (groups: readonly string[]): boolean => groups.includes('worldwide')
