/** country: name;other name|region|people in thousands|latitude|longitude */
export const CITIES_WORLD = `
ES: Madrid|Comunidad de Madrid|3330|40.4|-3.7
ES: Barcelona|Cataluña|1660|41.4|2.2
ES: Valencia;València|Comunidad Valenciana|800|39.5|-0.4
ES: Seville;Sevilla|Andalucía|690|37.4|-6.0
ES: Zaragoza;Saragossa|Aragón|680|41.6|-0.9
ES: Málaga|Andalucía|590|36.7|-4.4
ES: Murcia|Región de Murcia|470|38.0|-1.1
ES: Palma;Palma de Mallorca|Islas Baleares|430|39.6|2.7
ES: Las Palmas de Gran Canaria|Canarias|380|28.1|-15.4
ES: Bilbao|País Vasco|350|43.3|-2.9
ES: Alicante;Alacant|Comunidad Valenciana|340|38.3|-0.5
ES: Córdoba|Andalucía|320|37.9|-4.8
ES: Valladolid|Castilla y León|300|41.7|-4.7
ES: Vigo|Galicia|290|42.2|-8.7
ES: Gijón|Asturias|270|43.5|-5.7
ES: A Coruña;La Coruña|Galicia|250|43.4|-8.4
ES: Granada|Andalucía|230|37.2|-3.6
ES: Vitoria-Gasteiz;Vitoria|País Vasco|250|42.8|-2.7
ES: Elche|Comunidad Valenciana|240|38.3|-0.7
ES: Oviedo|Asturias|220|43.4|-5.8
ES: Santa Cruz de Tenerife|Canarias|210|28.5|-16.3
ES: Pamplona|Navarra|200|42.8|-1.6
ES: Almería|Andalucía|200|36.8|-2.5
ES: San Sebastián;Donostia|País Vasco|190|43.3|-2.0
ES: Santander|Cantabria|170|43.5|-3.8
ES: Burgos|Castilla y León|170|42.3|-3.7
ES: Albacete|Castilla-La Mancha|170|39.0|-1.9
ES: Salamanca|Castilla y León|140|41.0|-5.7
ES: Logroño|La Rioja|150|42.5|-2.4
ES: Tarragona|Cataluña|140|41.1|1.2
ES: Girona|Cataluña|100|42.0|2.8
ES: Lleida|Cataluña|140|41.6|0.6
ES: Badajoz|Extremadura|150|38.9|-7.0
ES: Huelva|Andalucía|140|37.3|-6.9
ES: Cádiz|Andalucía|110|36.5|-6.3
ES: Jaén|Andalucía|110|37.8|-3.8
ES: Getafe|Comunidad de Madrid|180|40.3|-3.7
ES: Alcalá de Henares|Comunidad de Madrid|200|40.5|-3.4
PT: Lisbon;Lisboa|Lisboa|550|38.7|-9.1
PT: Porto|Porto|240|41.2|-8.6
PT: Braga|Braga|190|41.5|-8.4
FR: Paris|Île-de-France|2130|48.9|2.4
FR: Marseille|Provence-Alpes-Côte d'Azur|870|43.3|5.4
FR: Lyon|Auvergne-Rhône-Alpes|520|45.8|4.8
FR: Toulouse|Occitanie|500|43.6|1.4
FR: Nice|Provence-Alpes-Côte d'Azur|340|43.7|7.3
FR: Nantes|Pays de la Loire|320|47.2|-1.6
FR: Bordeaux|Nouvelle-Aquitaine|260|44.8|-0.6
FR: Lille|Hauts-de-France|240|50.6|3.1
IT: Rome;Roma|Lazio|2760|41.9|12.5
IT: Milan;Milano|Lombardia|1370|45.5|9.2
IT: Naples;Napoli|Campania|910|40.9|14.3
IT: Turin;Torino|Piemonte|850|45.1|7.7
IT: Bologna|Emilia-Romagna|390|44.5|11.3
IT: Florence;Firenze|Toscana|360|43.8|11.3
DE: Berlin|Berlin|3680|52.5|13.4
DE: Hamburg|Hamburg|1890|53.6|10.0
DE: Munich;München|Bayern|1510|48.1|11.6
DE: Cologne;Köln|Nordrhein-Westfalen|1080|50.9|7.0
DE: Frankfurt;Frankfurt am Main|Hessen|770|50.1|8.7
DE: Stuttgart|Baden-Württemberg|630|48.8|9.2
DE: Düsseldorf|Nordrhein-Westfalen|630|51.2|6.8
DE: Leipzig|Sachsen|620|51.3|12.4
NL: Amsterdam|Noord-Holland|930|52.4|4.9
NL: Rotterdam|Zuid-Holland|660|51.9|4.5
NL: Utrecht|Utrecht|370|52.1|5.1
NL: Eindhoven|Noord-Brabant|250|51.4|5.5
BE: Brussels;Bruselas;Bruxelles|Brussels|1220|50.8|4.4
BE: Antwerp;Antwerpen|Vlaanderen|530|51.2|4.4
IE: Dublin|Leinster|590|53.3|-6.3
IE: Cork|Munster|220|51.9|-8.5
AT: Vienna;Viena;Wien|Wien|1980|48.2|16.4
AT: Graz|Steiermark|300|47.1|15.4
CH: Zurich;Zürich|Zürich|430|47.4|8.5
CH: Geneva;Ginebra;Genève|Genève|200|46.2|6.1
PL: Warsaw;Varsovia;Warszawa|Mazowieckie|1860|52.2|21.0
PL: Kraków;Cracovia|Małopolskie|800|50.1|19.9
PL: Wrocław|Dolnośląskie|670|51.1|17.0
CZ: Prague;Praga;Praha|Praha|1360|50.1|14.4
RO: Bucharest;Bucarest;București|București|1720|44.4|26.1
RO: Cluj-Napoca|Cluj|290|46.8|23.6
BG: Sofia|Sofia|1290|42.7|23.3
HU: Budapest|Budapest|1690|47.5|19.1
GR: Athens;Atenas|Attica|640|38.0|23.7
SE: Stockholm;Estocolmo|Stockholm|980|59.3|18.1
SE: Gothenburg;Göteborg|Västra Götaland|600|57.7|12.0
DK: Copenhagen;Copenhague;København|Hovedstaden|660|55.7|12.6
NO: Oslo|Oslo|710|59.9|10.8
FI: Helsinki|Uusimaa|660|60.2|24.9
EE: Tallinn|Harju|450|59.4|24.8
LV: Riga|Riga|610|56.9|24.1
LT: Vilnius|Vilnius|590|54.7|25.3
SK: Bratislava|Bratislava|480|48.1|17.1
SI: Ljubljana|Ljubljana|290|46.1|14.5
HR: Zagreb|Zagreb|770|45.8|16.0
LU: Luxembourg;Luxemburgo|Luxembourg|130|49.6|6.1
MT: Valletta|Malta|210|35.9|14.5
CY: Nicosia|Nicosia|330|35.2|33.4
IS: Reykjavík|Höfuðborgarsvæðið|140|64.1|-21.9
GB: London;Londres|England|8900|51.5|-0.1
GB: Manchester|England|550|53.5|-2.2
GB: Birmingham|England|1140|52.5|-1.9
GB: Leeds|England|810|53.8|-1.5
GB: Glasgow|Scotland|640|55.9|-4.3
GB: Edinburgh;Edimburgo|Scotland|520|55.9|-3.2
GB: Bristol|England|480|51.5|-2.6
GB: Liverpool|England|500|53.4|-3.0
GB: Belfast|Northern Ireland|350|54.6|-5.9
GB: Cardiff|Wales|360|51.5|-3.2
TR: Istanbul;Estambul|Istanbul|15600|41.0|29.0
TR: Ankara|Ankara|5700|39.9|32.9
AE: Dubai;Dubái|Dubai|3500|25.2|55.3
AE: Abu Dhabi|Abu Dhabi|1500|24.5|54.4
SA: Riyadh;Riad|Riyadh|7000|24.7|46.7
SA: Jeddah|Makkah|3700|21.5|39.2
IL: Tel Aviv|Tel Aviv|470|32.1|34.8
EG: Cairo;El Cairo|Cairo|9900|30.0|31.2
MA: Casablanca|Casablanca-Settat|3400|33.6|-7.6
MA: Rabat|Rabat-Salé-Kénitra|580|34.0|-6.8
MA: Tangier;Tánger|Tanger-Tétouan|950|35.8|-5.8
ZA: Johannesburg|Gauteng|5600|-26.2|28.0
ZA: Cape Town;Ciudad del Cabo|Western Cape|4600|-33.9|18.4
NG: Lagos|Lagos|15400|6.5|3.4
KE: Nairobi|Nairobi|4400|-1.3|36.8
GH: Accra|Greater Accra|2300|5.6|-0.2
IN: Mumbai;Bombay|Maharashtra|12500|19.1|72.9
IN: Delhi;Nueva Delhi|Delhi|16800|28.6|77.2
IN: Bengaluru;Bangalore|Karnataka|8400|13.0|77.6
IN: Hyderabad|Telangana|6800|17.4|78.5
IN: Chennai|Tamil Nadu|4700|13.1|80.3
IN: Pune|Maharashtra|3100|18.5|73.9
IN: Kolkata|West Bengal|4500|22.6|88.4
PH: Manila|Metro Manila|1850|14.6|121.0
PH: Quezon City|Metro Manila|2960|14.7|121.0
PH: Cebu City|Cebu|960|10.3|123.9
ID: Jakarta;Yakarta|Jakarta|10560|-6.2|106.8
MY: Kuala Lumpur|Kuala Lumpur|1980|3.1|101.7
TH: Bangkok|Bangkok|8300|13.8|100.5
VN: Ho Chi Minh City|Ho Chi Minh|9000|10.8|106.7
VN: Hanoi|Hanoi|8100|21.0|105.8
SG: Singapore;Singapur|Singapore|5900|1.3|103.8
HK: Hong Kong|Hong Kong|7400|22.3|114.2
TW: Taipei;Taipéi|Taipei|2600|25.0|121.6
JP: Tokyo;Tokio|Tokyo|13960|35.7|139.7
JP: Osaka|Osaka|2750|34.7|135.5
JP: Nagoya|Aichi|2320|35.2|136.9
KR: Seoul;Seúl|Seoul|9700|37.6|127.0
KR: Busan|Busan|3400|35.2|129.1
AU: Sydney;Sídney|New South Wales|5300|-33.9|151.2
AU: Melbourne|Victoria|5000|-37.8|145.0
AU: Brisbane|Queensland|2500|-27.5|153.0
AU: Perth|Western Australia|2100|-31.9|115.9
AU: Adelaide|South Australia|1400|-34.9|138.6
NZ: Auckland|Auckland|1660|-36.8|174.8
NZ: Wellington|Wellington|220|-41.3|174.8`
