### Tarife: ce se numără, cât costă și un caz cu cifre.

heading-charges = Ce se facturează

## Ce se numără

counts-contacts = Fiecare contact se numără o dată.
counts-legs = Fiecare trecere a unui contact printr-o coadă sau pe la un agent (leg) se numără o dată.
counts-time = Din fiecare contact se facturează acest timp: { $parts }.
counts-time-of-leg = Din fiecare trecere a unui contact printr-o coadă sau pe la un agent (leg) se facturează acest timp: { $parts }.
counts-agent-time = Se facturează timpul de lucru al agenților, așa cum l-au înregistrat sistemele.
counts-overtime = Se facturează orele suplimentare (overtime): ce lucrează un agent peste { $time } într-o săptămână. Săptămânile încep { $day }, chiar dacă trec dintr-o lună în alta.
counts-requested = Se facturează orele de agent pe care le-a cerut beneficiarul (requested).
counts-scheduled = Se facturează orele de agent pe care le-a planificat prestatorul (scheduled).
counts-productive = Se facturează orele în care agenții au fost disponibili sau la lucru (productive).
counts-lesser = În fiecare interval de { $per } se facturează cea mai mică dintre aceste cifre (lesser of): { $hours }.
counts-greater = În fiecare interval de { $per } se facturează cea mai mare dintre aceste cifre (greater of): { $hours }.
counts-at-most = În fiecare interval se facturează cel mult { $share } { $hours }.
counts-agent-days = Fiecare agent din registrul prestatorului se facturează pe lună; pentru cine este acolo doar o parte din lună se facturează acele zile (prorated).
counts-agent-months = Fiecare agent din registrul prestatorului se facturează pe lună; pentru cine este acolo doar o parte din lună se facturează toată luna.
counts-resolutions = Fiecare contact care rezolvă problema clientului (resolution) se numără o dată.
counts-sales = Fiecare contact cu o vânzare se numără o dată.
counts-sale-amounts = Prestatorul primește un comision din ce vinde.
counts-leads = Fiecare client potențial câștigat (lead) se numără o dată.
counts-appointments = Fiecare programare făcută se numără o dată.
counts-reported = Ce raportează prestatorul se facturează la bucată.
counts-costs = Costurile pe care prestatorul le plătește în contul beneficiarului se refacturează acestuia.
reopened-within = Un contact nu se numără dacă clientul revine cu aceeași problemă în { $time }; până trece acest timp, luna este provizorie.
evidence = Se facturează doar ce vine cu un document justificativ (evidence).

steps-exact = Timpul se facturează la milisecundă.
steps-then = Timpul se facturează în pași de { $then } (increments); un pas început se facturează întreg.
steps-first = Minimul facturat pentru { $row ->
    [leg] o etapă (leg)
   *[contact] un contact
} este de { $first }; ce trece peste se facturează la milisecundă.
steps-first-then = Minimul facturat pentru { $row ->
    [leg] o etapă (leg)
   *[contact] un contact
} este de { $first }; ce trece peste se facturează în pași de { $then } (increments); un pas început se facturează întreg.
free-up-to = { $row ->
    [leg] O etapă (leg) de cel mult { $time } este gratuită
   *[contact] Un contact de cel mult { $time } este gratuit
} și nu se numără.
free-first = { $row ->
    [leg] Începutul fiecărei etape (leg)
   *[contact] Începutul fiecărui contact
} este gratuit: { $time }.
extra = La timpul { $row ->
    [leg] fiecărei etape (leg) facturate
   *[contact] fiecărui contact facturat
} se adaugă: { $time }.

## Cât costă o unitate

price = Prețul este de { $price }.
commission = Comisionul este de { $share } din suma vândută.
costs-as-they-are = Se facturează așa cum sunt, fără adaos.
costs-with-markup = Se facturează cu un adaos (markup) de { $share }.
of-price = Prețul este de { $share } din prețul de listă pentru { $charge }.
of-price-of-month = Prețul este de { $share } din prețul aplicat în luna respectivă pentru { $charge }.

bands-month = Prețul depinde de volumul lunii (tranșe, tiers).
bands-quarter = Prețul depinde de volumul adunat într-un trimestru al contractului (tranșe, tiers).
bands-year = Prețul depinde de volumul adunat într-un an al contractului (tranșe, tiers).
bands-term = Prețul depinde de volumul adunat pe toată durata contractului (tranșe, tiers).
bands-by-agents = Prețul depinde de câți agenți sunt în registrul prestatorului, în medie pe lună (tranșe, tiers).
tiers-graduated = Fiecare unitate costă prețul tranșei în care se află (graduated), iar atingerea unei tranșe noi nu schimbă nimic pentru unitățile dinainte:
tiers-volume-month = Tranșa atinsă de lună stabilește prețul tuturor unităților lunii, de la prima (volume):
tiers-volume-quarter = Tranșa atinsă de trimestru stabilește prețul tuturor unităților trimestrului, de la prima (volume):
tiers-volume-year = Tranșa atinsă de an stabilește prețul tuturor unităților anului, de la prima (volume):
tiers-volume-term = Tranșa atinsă de contract stabilește prețul tuturor unităților de pe toată durata, de la prima (volume):
tiers-stair-step = Tranșa atinsă costă o singură sumă, oricât s-ar folosi în cadrul ei (stair-step):
rebate-for-earlier-months = Când se atinge o tranșă mai ieftină, ce s-a plătit în plus în lunile anterioare ale perioadei se restituie în acea lună (rebate).
band = { $range }: { $price }
units-first = { $gender ->
    [masculine] primii
   *[other] primele
} { $to }
units-next = de la { $from } la { $to }
units-beyond = tot ce trece de { $from }
range-all = orice volum
range-below = sub { $to }
range-up-to = cel mult { $to }
range-from = { $from } sau mai mult
range-over = peste { $from }
range-from-below = { $from } sau mai mult, dar sub { $to }
range-from-up-to = { $from } sau mai mult, până la { $to }
range-over-below = peste { $from }, dar sub { $to }
range-over-up-to = peste { $from }, până la { $to }
in-all = { $amount } în total
price-block = { $price } pentru fiecare bloc de { $size } ({ $partial })
block-up = un bloc început se facturează întreg
block-down = un bloc incomplet nu se facturează
block-nearest = un bloc incomplet se facturează dacă s-a folosit cel puțin jumătate din el
band-fee = plus o sumă fixă de { $amount }
band-fee-first = Suma fixă a primei tranșe se datorează chiar dacă nu se folosește nimic.
band-fee-due = Suma fixă a unei tranșe se datorează de îndată ce volumul ajunge la ea.
band-fee-reached = Suma fixă datorată este numai cea a tranșei la care ajunge volumul.
band-fee-alone = o sumă fixă de { $amount }
band-at-most = cel mult { $amount } pentru aceste unități
scope-program = Fiecare program se numără separat și urcă tranșele separat.
scope-site = Fiecare locație se numără separat și urcă tranșele separat.
cliff-down = Atenție la limită: totalul este de { $below } pentru { $less }, dar de { $above } pentru { $more }. Mai mult poate costa mai puțin în total.
cliff-up = Atenție la limită: totalul este de { $below } pentru { $less } și de { $above } pentru { $more }.
example-by-agents = De exemplu, totalul pentru { $quantity } este de { $below } cu { $less } și de { $above } cu { $more }.

lengths-part = Prețul depinde de durata fiecărui contact; fiecare parte a lui are prețul ei:
lengths-whole = Prețul depinde de durata fiecărui contact; partea la care ajunge stabilește prețul pentru tot:
length = { $range }: { $price }, în pași de { $then }
length-all = orice durată
length-first = până la { $to }
length-next = de la { $from } la { $to }
length-beyond = peste { $from }

## Unități incluse, sume fixe, limite

included = Inclus gratuit în fiecare lună (included): { $quantity }.
included-lapse = Ce nu se folosește până la sfârșitul lunii se pierde.
included-rollover = Ce nu se folosește se păstrează încă { $months } (rollover) și se consumă primul; apoi se pierde.
included-pooled = Toate programele sau locațiile le folosesc în comun (pooled).
included-apart = Fiecare program sau locație le are pe ale sale.
included-first = Gratuite sunt primele din lună.
included-proportional = Ele se împart la fel între toate unitățile lunii.
included-cheapest = Gratuite sunt cele cu cea mai mică majorare.
included-by-day = O lună care intră doar în parte în durata contractului are partea care revine zilelor ei (prorated).
included-whole = O lună care intră doar în parte în durata contractului le are pe toate.
fee = În plus se plătește o sumă fixă de { $amount } pe lună, indiferent de utilizare.
part-by-day = O lună care intră doar în parte în durata contractului costă cât revine zilelor ei (prorated).
part-whole = O lună care intră doar în parte în durata contractului costă cât una întreagă.
connect-fee-contact = Fiecare contact facturat costă în plus { $amount } (connect fee).
connect-fee-leg = Fiecare etapă (leg) facturată costă în plus { $amount } (connect fee).
each-at-least-contact = Fiecare contact costă cel puțin { $amount }, inclusiv majorările.
each-at-least-leg = Fiecare etapă (leg) costă cel puțin { $amount }, inclusiv majorările.
each-at-least-sale = Fiecare contact cu o vânzare costă cel puțin { $amount }.
each-at-most-contact = Fiecare contact costă cel mult { $amount }, inclusiv majorările.
each-at-most-leg = Fiecare etapă (leg) costă cel mult { $amount }, inclusiv majorările.
each-at-most-sale = Fiecare contact cu o vânzare costă cel mult { $amount }.
limits-month = Pe linia lunii: { $limits }.
limits-quarter = Pe liniile unui trimestru al contractului, luate împreună: { $limits }.
limits-year = Pe liniile unui an al contractului, luate împreună: { $limits }.
limits-term = Pe liniile întregii durate, luate împreună: { $limits }.
limits-in-order = Se aplică în această ordine.
limit-discount = o reducere de { $value }
limit-cap = cel mult { $value } (cap)
limit-minimum = cel puțin { $value } (minimum), chiar dacă nu se folosește nimic
refund = Dacă un agent pleacă în cel mult { $days } după un astfel de timp, acesta se restituie la prețul la care a fost facturat, în luna în care pleacă agentul (refund).
rounded-itself = Acest tarif se rotunjește separat: { $rule }.

## Majorări

surcharges = În anumite intervale se adaugă ceva (majorare, surcharge):
surcharge = { $calendar } ({ $times }): { $share } { $base }
surcharge-base-only = în plus, adică { $price }
surcharge-base-list = din prețul primei tranșe, adică { $price }
surcharge-base-price = din preț
surcharge-base-marginal = din prețul pe care îl are unitatea însăși în tranșa ei
surcharge-base-average = din cât costă în medie unitățile lunii
surcharges-add = Dacă se suprapun mai multe, se adună.
surcharges-highest = Dacă se suprapun mai multe, contează doar cea mai mare.
across-agent-time = Timpul agenților se taie acolo unde începe sau se termină un astfel de interval.
across-schedule = Hotărăște începutul fiecărui interval din program.
across-arrived = Momentul în care sosește un contact hotărăște pentru tot contactul.
across-offered = Momentul în care un contact este oferit unei cozi hotărăște pentru tot contactul.
across-answered = Momentul în care un contact este preluat hotărăște pentru tot contactul.
across-ended = Momentul în care un contact se încheie hotărăște pentru tot contactul.
across-split = Un contact în care începe sau se termină un astfel de interval se împarte acolo; fiecare parte are prețul ei.
across-split-some = Pentru { $calendars } se împarte acolo; fiecare parte are prețul ei.

## Sume

flat = { $amount } pe lună, indiferent dacă se folosește ceva sau nu.
four-weekly = { $amount } la fiecare 28 de zile, numărate din prima zi a contractului, în luna în care începe fiecare perioadă: de treisprezece ori într-un an de 52 de săptămâni, adică { $year }.
once = { $amount } o singură dată, cu scadența la { $date }.
ratio = La fiecare { $per } din { $of }, beneficiarul plătește { $one }.
ratio-up = O parte începută se socotește întreagă.
ratio-down = O parte incompletă nu se socotește.
ratio-nearest = O parte se socotește întreagă de la jumătate în sus.
ratio-exact = O parte se facturează ca parte.
share = Beneficiarul plătește { $share } din cât însumează aceste linii: { $charges }.

## Exemple

example-contact = De exemplu, un contact cu { $time } din acest timp se facturează ca { $billed } ({ $quantity }) și costă { $amount }.
example-contact-plain = De exemplu, un contact cu { $time } din acest timp se facturează ca { $billed } și costă { $amount }.
example-leg-plain = De exemplu, o etapă (leg) cu { $time } din acest timp se facturează ca { $billed } și costă { $amount }.
example-leg = De exemplu, o etapă (leg) cu { $time } din acest timp se facturează ca { $billed } ({ $quantity }) și costă { $amount }.
example-surcharged = În { $calendar }, același lucru costă { $amount }.
example-length = De exemplu, un contact de { $time } costă { $amount }.
example-month = De exemplu, pentru { $quantity } într-o lună beneficiarul plătește { $amount }.
example-month-contacts = De exemplu, pentru { $contacts } de câte { $time }, în total { $quantity } într-o lună, beneficiarul plătește { $amount }.
example-month-surcharged = Dacă totul cade în { $calendar }, plătește { $amount }.
example-agent-days = De exemplu, un agent care este în registru { $days } din { $month } costă { $amount }.
example-sale = De exemplu, pentru o vânzare de { $sale } prestatorul primește { $amount }.
example-cost = De exemplu, costuri de { $cost } se facturează cu { $amount }.
example-refund = De exemplu, dacă se facturează { $quantity } și acei agenți pleacă în luna următoare, prestatorul restituie { $amount }.
example-ratio = De exemplu, la { $base } rezultă { $quantity }, iar beneficiarul plătește { $amount }.
example-share = De exemplu, într-o lună în care aceste linii însumează { $base }, plătește { $amount }.
example-part = De exemplu, o lună din care doar { $days } intră în durata contractului costă { $amount }.
example-once = De exemplu, factura pentru { $month } are o linie de { $amount }; nicio alta nu o are.
example-four-weekly = De exemplu, factura pentru { $month } are o linie de { $amount }.

## Rotunjire

round-half-up = la cel mai apropiat multiplu de { $step }, jumătățile îndepărtându-se de zero, { $at }
round-half-even = la cel mai apropiat multiplu de { $step }, jumătățile la multiplul par, { $at }
round-up = în sus, la următorul multiplu de { $step }, { $at }
round-down = în jos, la un multiplu de { $step }, { $at }
round-at-contact = la fiecare contact (ce nu numără contacte, o dată, la linia sa)
round-at-line = o dată la fiecare linie
round-at-invoice = o singură dată, la totalul facturii
