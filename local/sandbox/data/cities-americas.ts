/** country: name;other name|region|people in thousands|latitude|longitude */
export const CITIES_AMERICAS = `
CO: Bogotá|Bogotá D.C.|7900|4.7|-74.1
CO: Medellín|Antioquia|2570|6.2|-75.6
CO: Cali|Valle del Cauca|2280|3.4|-76.5
CO: Barranquilla|Atlántico|1330|11.0|-74.8
CO: Cartagena;Cartagena de Indias|Bolívar|1060|10.4|-75.5
CO: Cúcuta|Norte de Santander|790|7.9|-72.5
CO: Bucaramanga|Santander|620|7.1|-73.1
CO: Pereira|Risaralda|480|4.8|-75.7
CO: Santa Marta|Magdalena|560|11.2|-74.2
CO: Ibagué|Tolima|540|4.4|-75.2
CO: Villavicencio|Meta|550|4.1|-73.6
CO: Manizales|Caldas|450|5.1|-75.5
CO: Neiva|Huila|370|2.9|-75.3
CO: Pasto|Nariño|390|1.2|-77.3
CO: Armenia|Quindío|310|4.5|-75.7
CO: Montería|Córdoba|520|8.8|-75.9
CO: Valledupar|Cesar|550|10.5|-73.3
CO: Popayán|Cauca|330|2.4|-76.6
CO: Sincelejo|Sucre|300|9.3|-75.4
CO: Tunja|Boyacá|190|5.5|-73.4
CO: Soacha|Cundinamarca|830|4.6|-74.2
CO: Bello|Antioquia|560|6.3|-75.6
CO: Envigado|Antioquia|250|6.2|-75.6
CO: Itagüí|Antioquia|290|6.2|-75.6
CO: Rionegro|Antioquia|150|6.2|-75.4
CO: Chía|Cundinamarca|160|4.9|-74.1
MX: Mexico City;Ciudad de México;CDMX|Ciudad de México|9200|19.4|-99.1
MX: Guadalajara|Jalisco|1390|20.7|-103.3
MX: Zapopan|Jalisco|1480|20.7|-103.4
MX: Monterrey|Nuevo León|1140|25.7|-100.3
MX: San Pedro Garza García|Nuevo León|130|25.7|-100.4
MX: Puebla|Puebla|1690|19.0|-98.2
MX: Tijuana|Baja California|1920|32.5|-117.0
MX: Ciudad Juárez|Chihuahua|1510|31.7|-106.5
MX: León|Guanajuato|1720|21.1|-101.7
MX: Querétaro|Querétaro|1050|20.6|-100.4
MX: Mérida|Yucatán|990|21.0|-89.6
MX: San Luis Potosí|San Luis Potosí|910|22.2|-101.0
MX: Aguascalientes|Aguascalientes|950|21.9|-102.3
MX: Toluca|Estado de México|910|19.3|-99.7
MX: Ecatepec|Estado de México|1650|19.6|-99.1
MX: Naucalpan|Estado de México|830|19.5|-99.2
MX: Chihuahua|Chihuahua|930|28.6|-106.1
MX: Hermosillo|Sonora|940|29.1|-111.0
MX: Saltillo|Coahuila|880|25.4|-101.0
MX: Torreón|Coahuila|720|25.5|-103.4
MX: Culiacán|Sinaloa|1000|24.8|-107.4
MX: Cancún|Quintana Roo|930|21.2|-86.8
MX: Playa del Carmen|Quintana Roo|330|20.6|-87.1
MX: Veracruz|Veracruz|610|19.2|-96.1
MX: Villahermosa|Tabasco|680|18.0|-92.9
MX: Oaxaca|Oaxaca|270|17.1|-96.7
MX: Morelia|Michoacán|850|19.7|-101.2
MX: Cuernavaca|Morelos|380|18.9|-99.2
MX: Tuxtla Gutiérrez|Chiapas|600|16.8|-93.1
MX: Reynosa|Tamaulipas|700|26.1|-98.3
MX: Mexicali|Baja California|1050|32.6|-115.5
MX: Tampico|Tamaulipas|300|22.2|-97.9
AR: Buenos Aires;Capital Federal|Buenos Aires|3120|-34.6|-58.4
AR: Córdoba|Córdoba|1570|-31.4|-64.2
AR: Rosario|Santa Fe|1340|-32.9|-60.7
AR: Mendoza|Mendoza|1060|-32.9|-68.8
AR: La Plata|Buenos Aires|770|-34.9|-58.0
AR: San Miguel de Tucumán|Tucumán|900|-26.8|-65.2
AR: Mar del Plata|Buenos Aires|680|-38.0|-57.6
AR: Salta|Salta|620|-24.8|-65.4
AR: Santa Fe|Santa Fe|550|-31.6|-60.7
AR: Neuquén|Neuquén|340|-39.0|-68.1
AR: Bahía Blanca|Buenos Aires|330|-38.7|-62.3
CL: Santiago;Santiago de Chile|Región Metropolitana|6200|-33.4|-70.7
CL: Valparaíso|Valparaíso|300|-33.0|-71.6
CL: Viña del Mar|Valparaíso|340|-33.0|-71.6
CL: Concepción|Biobío|970|-36.8|-73.0
CL: Antofagasta|Antofagasta|430|-23.7|-70.4
CL: Temuco|La Araucanía|410|-38.7|-72.6
CL: La Serena|Coquimbo|250|-29.9|-71.3
CL: Rancagua|O'Higgins|340|-34.2|-70.7
CL: Iquique|Tarapacá|220|-20.2|-70.1
CL: Puerto Montt|Los Lagos|270|-41.5|-72.9
PE: Lima|Lima|9700|-12.0|-77.0
PE: Callao|Callao|1130|-12.1|-77.1
PE: Arequipa|Arequipa|1110|-16.4|-71.5
PE: Trujillo|La Libertad|980|-8.1|-79.0
PE: Chiclayo|Lambayeque|610|-6.8|-79.8
PE: Piura|Piura|560|-5.2|-80.6
PE: Cusco|Cusco|480|-13.5|-72.0
PE: Huancayo|Junín|460|-12.1|-75.2
PE: Iquitos|Loreto|440|-3.7|-73.3
EC: Quito|Pichincha|2010|-0.2|-78.5
EC: Guayaquil|Guayas|2730|-2.2|-79.9
EC: Cuenca|Azuay|640|-2.9|-79.0
EC: Ambato|Tungurahua|390|-1.2|-78.6
EC: Manta|Manabí|270|-1.0|-80.7
EC: Machala|El Oro|290|-3.3|-80.0
VE: Caracas|Distrito Capital|2950|10.5|-66.9
VE: Maracaibo|Zulia|2100|10.6|-71.6
VE: Valencia|Carabobo|1600|10.2|-68.0
VE: Barquisimeto|Lara|1200|10.1|-69.3
BO: La Paz|La Paz|820|-16.5|-68.1
BO: Santa Cruz de la Sierra|Santa Cruz|1610|-17.8|-63.2
BO: Cochabamba|Cochabamba|690|-17.4|-66.2
PY: Asunción|Asunción|520|-25.3|-57.6
PY: Ciudad del Este|Alto Paraná|320|-25.5|-54.6
UY: Montevideo|Montevideo|1310|-34.9|-56.2
UY: Salto|Salto|110|-31.4|-58.0
CR: San José|San José|1400|9.9|-84.1
CR: Alajuela|Alajuela|300|10.0|-84.2
CR: Heredia|Heredia|140|10.0|-84.1
PA: Panama City;Ciudad de Panamá|Panamá|1100|9.0|-79.5
PA: David|Chiriquí|180|8.4|-82.4
GT: Guatemala City;Ciudad de Guatemala|Guatemala|3010|14.6|-90.5
GT: Quetzaltenango|Quetzaltenango|180|14.8|-91.5
SV: San Salvador|San Salvador|1100|13.7|-89.2
HN: Tegucigalpa|Francisco Morazán|1190|14.1|-87.2
HN: San Pedro Sula|Cortés|800|15.5|-88.0
NI: Managua|Managua|1050|12.1|-86.2
DO: Santo Domingo|Distrito Nacional|3170|18.5|-69.9
DO: Santiago de los Caballeros|Santiago|770|19.5|-70.7
PR: San Juan|San Juan|340|18.5|-66.1
CU: Havana;La Habana|La Habana|2130|23.1|-82.4
BR: São Paulo|São Paulo|12330|-23.6|-46.6
BR: Rio de Janeiro|Rio de Janeiro|6750|-22.9|-43.2
BR: Brasília|Distrito Federal|3050|-15.8|-47.9
BR: Salvador|Bahia|2890|-13.0|-38.5
BR: Fortaleza|Ceará|2690|-3.7|-38.5
BR: Belo Horizonte|Minas Gerais|2520|-19.9|-43.9
BR: Curitiba|Paraná|1950|-25.4|-49.3
BR: Recife|Pernambuco|1650|-8.1|-34.9
BR: Porto Alegre|Rio Grande do Sul|1490|-30.0|-51.2
BR: Campinas|São Paulo|1210|-22.9|-47.1
BR: Florianópolis|Santa Catarina|510|-27.6|-48.5
BR: Manaus|Amazonas|2220|-3.1|-60.0
BR: Goiânia|Goiás|1540|-16.7|-49.3
US: New York|New York|8340|40.7|-74.0
US: Los Angeles|California|3900|34.1|-118.2
US: Chicago|Illinois|2700|41.9|-87.6
US: Houston|Texas|2300|29.8|-95.4
US: Phoenix|Arizona|1630|33.4|-112.1
US: Philadelphia|Pennsylvania|1570|40.0|-75.2
US: San Antonio|Texas|1450|29.4|-98.5
US: San Diego|California|1380|32.7|-117.2
US: Dallas|Texas|1300|32.8|-96.8
US: Austin|Texas|970|30.3|-97.7
US: San Jose|California|990|37.3|-121.9
US: San Francisco|California|810|37.8|-122.4
US: Seattle|Washington|740|47.6|-122.3
US: Denver|Colorado|710|39.7|-105.0
US: Boston|Massachusetts|660|42.4|-71.1
US: Washington|District of Columbia|680|38.9|-77.0
US: Atlanta|Georgia|500|33.7|-84.4
US: Miami|Florida|450|25.8|-80.2
US: Orlando|Florida|310|28.5|-81.4
US: Tampa|Florida|390|28.0|-82.5
US: Charlotte|North Carolina|890|35.2|-80.8
US: Raleigh|North Carolina|470|35.8|-78.6
US: Nashville|Tennessee|690|36.2|-86.8
US: Minneapolis|Minnesota|430|45.0|-93.3
US: Detroit|Michigan|640|42.3|-83.0
US: Portland|Oregon|650|45.5|-122.7
US: Las Vegas|Nevada|650|36.2|-115.1
US: Columbus|Ohio|910|40.0|-83.0
US: Indianapolis|Indiana|880|39.8|-86.2
US: Pittsburgh|Pennsylvania|300|40.4|-80.0
US: Salt Lake City|Utah|200|40.8|-111.9
US: El Paso|Texas|680|31.8|-106.4
CA: Toronto|Ontario|2930|43.7|-79.4
CA: Montreal;Montréal|Quebec|1780|45.5|-73.6
CA: Vancouver|British Columbia|680|49.3|-123.1
CA: Calgary|Alberta|1310|51.0|-114.1
CA: Ottawa|Ontario|1020|45.4|-75.7
CA: Edmonton|Alberta|1010|53.5|-113.5
CA: Winnipeg|Manitoba|750|49.9|-97.1
CA: Waterloo|Ontario|120|43.5|-80.5`
