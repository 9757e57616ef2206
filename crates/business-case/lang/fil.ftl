# Ang mga pangalan ng mga opsiyong hango sa katalogo.

own-team = Sariling team, { $country }
own-with-overflow = Sariling team, overflow sa mga shared agent
shared = { $country }, mga shared agent, bawat minuto
semi-dedicated = { $country }, mga semi-dedicated agent, bawat minuto
dedicated = { $country }, mga dedicated agent, bawat oras
by-the-month = { $country }, mga dedicated agent, bawat buwan
freelancers = Mga freelancer saanman, bawat aprobadong oras

# Mga bansa.

country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brazil
country-CA = Canada
country-CL = Chile
country-CO = Colombia
country-CR = Costa Rica
country-CZ = Czechia
country-DE = Alemanya
country-DO = Dominican Republic
country-EE = Estonia
country-EG = Ehipto
country-ES = Espanya
country-FR = Pransya
country-GB = United Kingdom
country-GR = Gresya
country-GT = Guatemala
country-HN = Honduras
country-HU = Hungary
country-ID = Indonesia
country-IE = Ireland
country-IN = India
country-JM = Jamaica
country-JP = Hapon
country-KE = Kenya
country-LT = Lithuania
country-LV = Latvia
country-MA = Morocco
country-MX = Mexico
country-MY = Malaysia
country-NL = Netherlands
country-PE = Peru
country-PH = Pilipinas
country-PK = Pakistan
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-RS = Serbia
country-SV = El Salvador
country-TN = Tunisia
country-TR = Turkey
country-UA = Ukraine
country-US = Estados Unidos
country-VN = Vietnam
country-ZA = South Africa
