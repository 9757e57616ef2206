# What drafted options are called.

own-team = Own team, { $country }
own-with-overflow = Own team, overflow to shared agents
shared = { $country }, shared agents, per minute
semi-dedicated = { $country }, semi-dedicated agents, per minute
dedicated = { $country }, dedicated agents, per hour
by-the-month = { $country }, dedicated agents, per month
freelancers = Freelancers anywhere, per approved hour

# Countries, as the catalog's figures have them.

country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brazil
country-CA = Canada
country-CL = Chile
country-CO = Colombia
country-CR = Costa Rica
country-CZ = Czechia
country-DE = Germany
country-DO = Dominican Republic
country-EE = Estonia
country-EG = Egypt
country-ES = Spain
country-FR = France
country-GB = United Kingdom
country-GR = Greece
country-GT = Guatemala
country-HN = Honduras
country-HU = Hungary
country-ID = Indonesia
country-IE = Ireland
country-IN = India
country-JM = Jamaica
country-JP = Japan
country-KE = Kenya
country-LT = Lithuania
country-LV = Latvia
country-MA = Morocco
country-MX = Mexico
country-MY = Malaysia
country-NL = Netherlands
country-PE = Peru
country-PH = Philippines
country-PK = Pakistan
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-RS = Serbia
country-SV = El Salvador
country-TN = Tunisia
country-TR = Türkiye
country-UA = Ukraine
country-US = United States
country-VN = Vietnam
country-ZA = South Africa
