# Răspunsul la un caz de afaceri, în română.

money-millions = { $number } mil. { $code }
money-thousands = { $number } mii { $code }
money-units = { $number } { $code }
seconds-short = { $number } s
hours-short = { $number } h
options = { $plural ->
    [one] { $number } opțiune
    [few] { $number } opțiuni
   *[other] { $number } de opțiuni
}
runs = { $plural ->
    [one] { $number } simulare
    [few] { $number } simulări
   *[other] { $number } de simulări
}
rows = { $plural ->
    [one] { $number } rând
    [few] { $number } rânduri
   *[other] { $number } de rânduri
}
points = { $plural ->
    [one] { $number } punct
    [few] { $number } puncte
   *[other] { $number } de puncte
}

basis = { $options } pe { $months }, { $runs }, sămânța { $seed }, sume în { $currency }

## Cine

who-heading = Cine ar trebui să răspundă la aceste contacte?
who = { $name } ({ $option }): cea mai ieftină în medie dintre cele care trec, și în { $share } din simulări.
who-today = { $name } ({ $option }): ca azi, cea mai ieftină în medie dintre cele care trec, și în { $share } din simulări.
who-nobody = Nicio opțiune nu trece: fiecăreia îi lipsește ceva din ce cere decide.toml.
who-weights = Cea mai bună după ponderi: { $option }, cu { $score } din 100 de puncte.
who-budget = Bugetul este depășit în { $share } din simulările ei.
who-unknown = Nu se știe încă, deși decide.toml o cere: { $what }. Întrebați înainte de a alege.
unknown-of = `{ $provider }`: { $must }

## Opțiunile

sheet-answer = Răspuns
sheet-charges = Tarife
sheet-prices = Prețuri
sheet-uncertain = Nesigur
options-heading = Opțiunile
head-option = opțiune
head-rank = loc
head-a-year = pe an (P10–P90)
head-a-year-p10 = pe an, P10
head-a-year-p90 = pe an, P90
head-once = o dată
head-horizon = în total
head-present = în total, actualizat
head-resolution = pe rezolvare
head-contact = pe contact
head-in-time = la timp
head-over-five = peste 5 min
head-resolved = rezolvate
head-cheapest = cea mai ieftină
head-over-budget = peste buget
head-score = puncte
excluded = exclusă
resolved-both = Rezolvat: măsurat la { $measured }, presupus la celelalte.
resolved-assumed = Ce se rezolvă e presupus: cereți un pilot care să măsoare.
resolved-measured = Ce se rezolvă a fost măsurat.
excluded-since = { $option } este exclusă: { $why }
excluded-ahead = ar costa cu { $amount } mai puțin decât { $first }
in-time-kept = La timp: în ținta cozii; pe toate lunile, nicio coadă nu este cu peste trei puncte sub a ei.
in-time-missed = La timp: în ținta cozii; sub ținta lor: { $queues }.
queue-of-option = `{ $queue }` la { $option } ({ $share })
more-of-them = încă { $number }

## Serviciul

service-heading = Serviciul
service-months-heading = Serviciul pe luni
head-worst-month = cea mai slabă lună
head-queue = coadă
head-target = țintă
queue-and-target = { $queue } ({ $target })
head-offered = oferite
head-abandoned = abandonate
head-wait = așteptare, s
head-occupancy = ocupare
head-agents = agenți
head-fte = FTE
head-missed = țintă ratată în

## Banii

money-heading = Unde se duc banii
head-contracts = contracte
head-team = echipa proprie
head-stays = rămâne
head-stranded = nefolosit
head-transition = tranziție
head-exit = ieșire
head-customers = clienți
head-total = total
months-heading = Pe luni
head-month = lună
cash-heading = Plăți pe luni
head-cost = cost
head-paid = plătit
head-paid-so-far = plătit până atunci

## De ce

why-heading = De ce
why-excluded = exclusă; altfel, { $why }
why-today = { $cost } așa cum se face azi, { $share } din sumă { $part }
why-below = cu { $amount } ({ $share }) mai puțin decât azi
why-above = cu { $amount } ({ $share }) mai mult decât azi
why-since = { $what }: { $why }
why-and = { $what }; { $more }
sentence = { $parts }.
saved-outweighs-added = economia de { $saved } depășește adaosul de { $added }
saved-does-not-outweigh-added = economia de { $saved } nu acoperă adaosul de { $added }
saved = o economie de { $saved }
added = un adaos de { $added }
amount-of-part = { $amount } { $part }
part-team = pentru echipa proprie
part-contracts = din contract
part-stays = care rămân la cumpărător
part-stranded = plătiți fără folos
part-transition = pentru tranziție
part-exit = pentru încheierea contractelor de azi
part-customers = din clienți pierduți
part-others = alte costuri
service-today = { $service } preluate la timp
service-as-today = nivelul serviciului ca azi
service-lower = nivelul serviciului cu { $points } mai jos
service-higher = nivelul serviciului cu { $points } mai sus
earned-back = costul de pornire este recuperat până la sfârșitul lunii { $month }
hours-freed = eliberează { $hours } ore pe an din { $what }
repeats-more = cu { $share } mai multe contacte, fiindcă echipele ei rezolvă mai puțin
repeats-fewer = cu { $share } mai puține contacte, fiindcă echipele ei rezolvă mai mult
closed-more = cu { $share } mai multe contacte găsesc închis
closed-fewer = cu { $share } mai puține contacte găsesc închis

begins-late = { $file } începe pe { $day }, după începutul orizontului
ends-early = { $file } se încheie pe { $day }, înainte de sfârșitul orizontului
limit-below = { $measure } este { $value }, sub { $limit }
limit-above = { $measure } este { $value }, peste { $limit }
measure-of = { $measure } la `{ $queue }`
measure-service-level = nivelul serviciului
measure-abandoned = partea care închide
measure-speed-of-answer = așteptarea medie
measure-over-five-minutes = partea care așteaptă peste cinci minute
measure-resolved = partea rezolvată

agents = { $plural ->
    [one] { $number } agent
    [few] { $number } agenți
   *[other] { $number } de agenți
}
peak = { $peak } este luna cea mai aglomerată: un contact costă atunci { $cost }, iar în { $quiet }, cea mai liniștită, { $less }
peak-hire-by = `{ $team }` are nevoie de { $agents } în { $month } și de cel puțin { $least }; căutarea trebuie să înceapă cel târziu la { $day }
peak-hire-not-said = `{ $team }` are nevoie de { $agents } în { $month } și de cel puțin { $least }; nu se spune cât durează angajarea și instruirea
peak-from-the-start = `{ $team }` are nevoie de { $agents } de la început și de cel puțin { $least }
mind = atenție: { $what }
below-next = cu { $amount } ({ $share }) mai puțin decât { $option }, următoarea
mind-target-missed = `{ $queue }` răspunde la timp la { $share }; ținta este { $target }
mind-out-of-reach = `{ $queue }` răspunde la timp la { $share }; ținta este { $target }, și oricâți agenți ar fi nu se trece de { $most }: celelalte vin când nimeni nu lucrează la ele mai mult timp decât pot aștepta
mind-months-missed = `{ $queue }` răspunde la timp la { $share } în { $month } (ținta: { $target })
months-missed-more = { $plural ->
    [one] încă { $number } lună a unei cozi este la fel de clar sub țintă
    [few] încă { $number } luni ale cozilor sunt la fel de clar sub țintă
   *[other] încă { $number } de luni ale cozilor sunt la fel de clar sub țintă
}
mind-not-worked-off = dintre clienții de pe lista `{ $queue }` care pot fi găsiți sunt găsiți { $share }: pentru ceilalți agenții nu au timp
mind-unhandled = { $share } din contactele cozii `{ $queue }` vin când nu o preia nimeni
mind-left-out = { $file } lasă fără preț { $rows } din prima simulare: { $why }
left-out-no-provider = nu numesc furnizorul
left-out-outside-term = sunt în afara duratei lui
left-out-unknown-quantity = nu spun cât se facturează
left-out-other-program = sunt ale unui program pe care nu îl acoperă
mind-not-simulated = `{ $charge }` din { $file } privește { $what }, ceea ce nicio simulare nu are: adăugați un `[[cost]]` pentru ce va însemna
not-simulated-reported = ce se raportează
not-simulated-sales = vânzările
not-simulated-leads = clienții potențiali (leads)
not-simulated-appointments = programările
not-simulated-approvals = aprobările
mind-nobody-reopens = `{ $charge }` din { $file } facturează tot ce e rezolvat: clienții simulați care au fost ajutați nu revin
mind-bills-nothing = `{ $charge }` din { $file } nu facturează nimic în nicio simulare: selectează ceea ce vine aici?
mind-unmeasured = `{ $term }` din { $file } nu se măsoară într-o simulare: nici creditele, nici bonusurile nu sunt în cost
mind-outside = „{ $what }” este scadent { $side } orizont și nu este în cost
mind-outside-of-file = `{ $what }` din { $file } este scadent { $side } orizont și nu este în cost
side-before = înainte de
side-after = după
mind-looks-back = { $charges } din { $file } { $many ->
    [one] depinde
   *[other] depind
} de luni dinaintea orizontului, luate ca fără nicio folosire
mind-other-zone = { $file } numără zilele și lunile în { $zone }, cazul în { $case }: contactele din jurul miezului nopții pot rămâne pe dinafară
mind-pool-by-agent = { $file } facturează ore sau agenți dintr-o echipă partajată, care nu are program propriu
mind-nobody-reaches = niciun contact al cozii `{ $queue }` nu ajunge la `{ $team }`: alte căi le iau pe toate înainte
mind-overtaken = în { $runs } din { $of } simulări costă mai mult decât „{ $behind }”, aflată după ea

## Furnizori

providers-heading = Furnizorii
head-provider = furnizor
head-provider-agents = agenți
head-our-agents = dintre ei, ai noștri
head-our-share = partea noastră
head-growth = poate adăuga pe lună
head-takes-from = acceptă de la, pe lună
head-hours = program
head-languages = limbi
head-certifications = certificări
head-since = din
head-references = referințe
head-recovery = își revine în
head-reporting = raportare
none = niciuna
providers-not-known = Nu se știe despre niciunul: { $what }.
not-known = nu se știe
volume-contacts = { $number } de contacte
volume-minutes = { $number } de minute
volume-agents = { $number } agenți
reporting-counts = numărători
reporting-real-time = timp real
reporting-recordings = înregistrări
must-has = certificarea { $certification }
must-speaks = limba { $language }
must-open = lucru { $hours }
must-reports = raportare cu adâncimea: { $depth }
must-at-least = cel puțin { $limit } { $figure }
must-at-most = cel mult { $limit } { $figure }
provider-years = ani de activitate
provider-references = referințe
provider-agents = agenți angajați
provider-growth = agenți adăugați pe lună
provider-recovery = până funcționează din nou
provider-our-share = din agenții lui pentru noi
lacks = `{ $provider }` nu oferă ce se cere: { $must }
lacks-figure = `{ $provider }` nu oferă ce se cere, { $must }: are { $value }
mind-not-known = nu se știe dacă `{ $provider }` oferă { $must }, iar decide.toml o cere
misfit-too-small = `{ $provider }` este mic pentru aceasta: { $ours } din cei { $all } agenți ai lui ar fi ai noștri ({ $share }; până la { $limit } este sănătos)
misfit-too-large = `{ $provider }` este mare pentru aceasta: { $ours } din cei { $all } agenți ai lui ar fi ai noștri ({ $share }; de la { $limit } în sus un client este îngrijit)
misfit-grows-slowly = `{ $provider }` poate adăuga { $growth } agenți pe lună; { $month } cere cu { $needed } mai mulți decât luna dinainte
misfit-below-minimum = `{ $provider }` acceptă programe de la { $asked } pe lună; { $month } are { $comes }
mind-minimum-unused = minimul `{ $minimum }` din { $file } nu este atins: { $amount } se plătesc degeaba pe tot orizontul

## Ce schimbă răspunsul

flips-heading = Ce ar schimba răspunsul
flip-nothing = Nimic din ce s-a încercat nu pune altă opțiune pe primul loc.
flip-more-contacts = { $option } este mai ieftină peste { $contacts } contacte pe an ({ $share } din plan)
flip-fewer-contacts = { $option } este mai ieftină sub { $contacts } contacte pe an ({ $share } din plan)
flip-more-too = { $option } peste { $contacts } ({ $share })
flip-fewer-too = { $option } sub { $contacts } ({ $share })
flip-figure = { $option } este cea mai ieftină dacă { $figures }.
flip-figure-at = { $figure } ajunge la { $share } din plan
flip-figure-too = { $figure } la { $share }
flip-stays = { $option } rămâne cea mai ieftină până când { $prices }.
flip-own-price = contractul ei costă cu { $share } mai mult
flip-other-price = contractul opțiunii { $option } costă cu { $share } mai puțin
flip-other-price-too = cel al opțiunii { $option } cu { $share } mai puțin
worth-knowing = A cunoaște { $figure } înainte de a alege valorează până la { $amount }: măsurați într-un pilot.

figures-heading = Ce este nesigur, după efectul asupra opțiunii { $option }
head-figure = cifră
head-from = de la
head-to = până la
head-then-low = cost dacă e mic
head-then-high = cost dacă e mare
figure-volume = volumul
figure-handle-time = timpul de tratare
figure-resolved = partea rezolvată
figure-turnover = fluctuația personalului
figure-growth = creșterea prețurilor
figure-exchange-rate = cursul de schimb
figure-outages = frecvența întreruperilor
figure-outage-length = durata întreruperilor
figure-of = { $figure } la `{ $of }`

## Ce e de făcut

negotiate-heading = Ce e de negociat
negotiate-nothing = În contractul opțiunii { $option } nu s-a găsit nimic scump sau periculos.
assumed-heading = Ce s-a presupus
head-what = ce
head-value = valoare
head-source = sursă
next-heading = Mai departe
next-explain = contractul în cuvinte simple
next-draft = scrie contractele și opțiunile în ciornă, de citit și de schimbat
next-sheet = registrul de trimis altor ofertanți
next-rest = restul, cu grafice: avertismente ({ $minds }), clauze ({ $clauses }), presupuneri ({ $assumptions })

## Clauze

head-clause = clauză
head-contract = contract
head-cost-a-year = cost pe an
head-at-risk = în joc
head-code = cod
clause-cost = { $amount } pe an
clause-risk = { $amount } în joc
clause-line = { $option }: { $cost }: { $what } ({ $where })
clause-unpriced = { $option }: { $what } ({ $where })
clause-L001 = `{ $term }` facturează fiecare minut început sau trepte mai lungi
clause-L002 = `{ $term }` facturează timp în care nimeni nu lucrează pentru client
clause-L003 = `{ $term }` facturează un timp sau o sumă minimă pe contact, pe lângă lucrul de după apel
clause-L004 = `{ $term }` se facturează pe lângă un preț care cuprinde conducerea
clause-L005 = `{ $term }` depășește ce aduce volumul: restul se plătește degeaba
clause-L006 = unitățile nefolosite din `{ $term }` se pierd la sfârșitul lunii
clause-L007 = `{ $term }` se facturează la 28 de zile, de treisprezece ori pe an
clause-L008 = nu se poate ieși fără motiv, sau numai după un preaviz lung
clause-L009 = standardele ratate nu vă lasă să îl încheiați
clause-L010 = se reînnoiește singur
clause-L011 = înregistrările brute nu vă sunt accesibile: nimic nu se poate verifica
clause-L012 = nu se promite niciun nivel al serviciului, sau nu urmează nimic dacă e ratat
clause-L013 = `{ $term }` se poate calcula în mai multe feluri: nu spune în care
clause-L014 = `{ $term }` face din timpul de tratare o țintă
clause-L015 = creditele se opresc atât de jos încât ratarea îl costă puțin pe furnizor
clause-L016 = prețurile pot crește fără o limită care să conteze
clause-L017 = dumneavoastră suportați mișcarea monedei
clause-L018 = { $term } care nu se recuperează
clause-L019 = se plătește înainte de folosire sau ca depozit
clause-L020 = `{ $term }` facturează instruirea celor care îi înlocuiesc pe cei plecați
clause-L021 = `{ $term }` este în afara prețurilor pe care le plătesc alții

## Ipoteze

assumed-by-effect = Pe ce se sprijină { $option }, după efectul asupra costului
assumed-by-effect-known = Pe ce se sprijină { $option }, după efectul asupra costului; presupuneri al căror efect nu se știe: { $unknown }
head-effect = efect asupra costului
effect-swing = ±{ $amount }
assumed-line = { $effect }: { $what } ({ $value })
assumed-of = { $of }: { $what }
assumed-range = cât poate devia { $figure }
assumed-patience = răbdarea medie
assumed-spread = împrăștierea timpilor de tratare (abatere standard pe medie)
assumed-busyness = variația volumului de la o zi la alta dincolo de întâmplare
assumed-busyness-measured = variația zilnică, estimată dincolo de ziua săptămânii și de întâmplare
assumed-shrinkage = timp plătit în afara contactelor (shrinkage)
assumed-shift-inefficiency = ineficiența turelor
assumed-hours-a-month = ore plătite pe lună ale unui agent cu normă întreagă
assumed-turnover = partea agenților care pleacă într-un an
assumed-resolved = partea contactelor rezolvate
assumed-talk = timpul mediu de convorbire
assumed-wrap = timpul mediu de lucru după apel
assumed-handle-factors = convorbire, așteptare și lucru după apel față de program
assumed-staffed = agenți față de ce cere ținta
assumed-pool-share = partea noastră din munca echipei partajate
assumed-pool-hours = când sună clienții altora la echipă
assumed-holidays = deschis în sărbători pe care nicio regulă nu le dă
assumed-promise = serviciul promis
assumed-traffic = volum, profil și timpi de tratare
assumed-history = volum și profil
assumed-season = sezon
assumed-returns = clienți care revin cu întrebarea deschisă
assumed-hours = programul
assumed-profile = profilul zilei și al săptămânii
assumed-exchange-rate = cât valorează o unitate la început
assumed-growth = creșterea într-un an
assumed-customers-hung-up = clienți pierduți dintre cei care închid și cât valorează unul
assumed-customers-lost = clienți pierduți dintre cei care au așteptat peste cinci minute și cât valorează unul
assumed-phone-hours = ore la telefon
assumed-paid-hours = ore plătite
assumed-paid-above-least = ore plătite peste minimul posibil
assumed-register = agenți angajați
assumed-paid = când se plătește o factură
assumed-tax-back = impozit pe care statul îl dă înapoi
assumed-least-share = parte din agenții unui furnizor, cel puțin
assumed-most-share = parte din agenții unui furnizor, cel mult
assumed-ends = când se încheie contractul de azi
assumed-owed = ce se datorează până la încheiere
assumed-help = ajutor la mutare
assumed-calls-again = cine sună din nou
assumed-hangs-up = cine închide
assumed-differs = ce diferă între simulări
assumed-speed = viteza agenților
assumed-contained = contacte pe care o mașină le rezolvă până la capăt
assumed-outages = întreruperi
assumed-absence = zile de absență fără înlocuitor
assumed-vacant = zile în care un post rămâne gol
assumed-learning = timpul de tratare al celor noi
assumed-slowdown = cu cât durează mai mult un chat cu unul, două, … deodată
assumed-chats-at-once = chat-uri deodată
assumed-corrected = agenți față de ce spune formula

## Prețuri

prices-heading = Prețurile, lângă cât ar trebui să coste
head-charge = tarif
head-price = preț
head-should = ar trebui să coste
head-market = plătesc alții
head-difference = diferență
head-drivers = ce îl mișcă
head-unit = unitate
unit-minute = pe minut
unit-hour = pe oră
unit-agent-month = pe luna unui agent
price-within = în interval
price-above = { $difference } prea mult
price-below = lipsesc { $difference }: întrebați ce a rămas pe dinafară
price-line = { $option } cere { $price } { $code } { $unit } și ar trebui să coste { $low }–{ $high } { $code }: { $verdict }
prices-within = { $plural ->
    [one] Ce cere { $number } ofertă este în intervalul cât ar trebui să coste
    [few] Ce cer { $number } oferte este în intervalul cât ar trebui să coste
   *[other] Ce cer { $number } de oferte este în intervalul cât ar trebui să coste
}
prices-within-too = { $plural ->
    [one] încă { $number } preț este în intervalul cât ar trebui să coste
    [few] încă { $number } prețuri sunt în intervalul cât ar trebui să coste
   *[other] încă { $number } de prețuri sunt în intervalul cât ar trebui să coste
}
prices-outside-more = { $plural ->
    [one] încă { $number } preț este în afara intervalului cât ar trebui să coste: pe pagină
    [few] încă { $number } prețuri sunt în afara intervalului cât ar trebui să coste: pe pagină
   *[other] încă { $number } de prețuri sunt în afara intervalului cât ar trebui să coste: pe pagină
}
drivers-shared = agenți partajați, { $share } din munca lor a noastră
drivers-dedicated = agenți numai pentru noi
drivers-nights = { $share } din ore, noaptea acolo
price-pay = salariu
price-bonus = bonus
price-nights = nopți
price-languages = limbi
price-taxes-and-benefits = taxe și beneficii
price-paid-and-not-at-work = plătit și nelucrat
price-supervision = supervizare
price-support-functions = funcții de sprijin
price-facilities-and-technology = spații și tehnologie
price-bandwidth-and-telephony = linii și telefonie
price-margin = marjă
price-compensation = salariu, taxe și beneficii
price-facilities = spații și linii
chart-prices = Din ce ar trebui să fie făcut fiecare preț, ca parte din ce se cere: bare la mijlocul intervalului

## Grafice

chart-cost = Costul fiecărei opțiuni; linia subțire merge de la P10 la P90
chart-parts = Unde se duc banii
chart-figures = Ce face fiecare cifră nesigură costului opțiunii { $option }
chart-volume = Costul după volum: unde liniile se întâlnesc, altă opțiune devine mai ieftină
chart-months = Costul opțiunii { $option } pe luni
axis-of-plan = contacte, față de plan
as-table = ca tabel
made-by = Longshore { $version }, sămânța { $seed }
