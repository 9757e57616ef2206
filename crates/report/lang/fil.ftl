# Ang sagot sa isang business case, sa Filipino.

money-millions = { $number } M { $code }
money-thousands = { $number } k { $code }
money-units = { $number } { $code }
seconds-short = { $number } s
hours-short = { $number } h
options = { $number } opsiyon
runs = { $number } simulasyon
rows = { $number } hanay
points = { $number } punto

basis = { $options } sa loob ng { $months }, { $runs }, seed { $seed }, mga halaga sa { $currency }

## Sino

who-heading = Sino ang dapat sumagot sa mga contact na ito?
who = { $name } ({ $option }): sa karaniwan ang pinakamura sa mga pumapasa, at sa { $share } ng mga simulasyon.
who-today = { $name } ({ $option }): gaya ngayon, sa karaniwan ang pinakamura sa mga pumapasa, at sa { $share } ng mga simulasyon.
who-nobody = Walang opsiyong pumapasa: may kulang ang bawat isa sa hinihingi ng decide.toml.
who-weights = Pinakamahusay ayon sa mga timbang: { $option }, na may { $score } sa 100 punto.
who-budget = Lumalampas sa badyet ang { $share } ng mga simulasyon nito.
who-unknown = Hindi pa alam, bagama't hinihingi ng decide.toml: { $what }. Magtanong muna bago pumili.
unknown-of = `{ $provider }`: { $must }

## Ang mga opsiyon

sheet-answer = Sagot
sheet-charges = Mga singil
sheet-prices = Mga presyo
sheet-uncertain = Hindi tiyak
options-heading = Ang mga opsiyon
head-option = opsiyon
head-rank = puwesto
head-a-year = bawat taon (P10–P90)
head-a-year-p10 = bawat taon, P10
head-a-year-p90 = bawat taon, P90
head-once = isang beses
head-horizon = sa kabuuan
head-present = sa kabuuan, may discount
head-resolution = bawat resolution
head-contact = bawat contact
head-in-time = nasa oras
head-over-five = lampas 5 min
head-resolved = nalutas
head-cheapest = pinakamura
head-over-budget = lampas sa badyet
head-score = punto
excluded = hindi kasama
resolved-both = Nalulutas: nasukat sa { $measured }, ipinalagay sa iba.
resolved-assumed = Ipinalagay ang nalulutas: humingi ng pilot na susukat nito.
resolved-measured = Nasukat ang nalulutas.
excluded-since = Hindi kasama ang { $option }: { $why }
excluded-ahead = mas mura sana ito ng { $amount } kaysa { $first }
in-time-kept = Nasa oras: sa loob ng target ng queue; sa lahat ng buwan, walang queue na lampas tatlong punto ang kulang sa sarili nitong target.
in-time-missed = Nasa oras: sa loob ng target ng queue; kulang sa sariling target: { $queues }.
queue-of-option = `{ $queue }` ng { $option } ({ $share })
more-of-them = { $number } pa

## Ang serbisyo

service-heading = Ang serbisyo
service-months-heading = Ang serbisyo bawat buwan
head-worst-month = pinakamahinang buwan
head-queue = queue
head-target = target
queue-and-target = { $queue } ({ $target })
head-offered = dumating
head-abandoned = abandoned
head-wait = hintay, s
head-occupancy = occupancy
head-agents = mga agent
head-fte = FTE
head-missed = hindi naabot ang target sa

## Ang pera

money-heading = Saan napupunta ang pera
head-contracts = mga kontrata
head-team = sariling team
head-stays = naiiwan
head-stranded = walang gamit
head-transition = paglipat
head-exit = pag-alis
head-customers = mga customer
head-total = kabuuan
months-heading = Bawat buwan
head-month = buwan
cash-heading = Bayad bawat buwan
head-cost = gastos
head-paid = binayaran
head-paid-so-far = nabayaran na

## Bakit

why-heading = Bakit
why-excluded = hindi kasama; kung hindi, { $why }
why-today = { $cost } gaya ng ginagawa ngayon, { $share } nito ay { $part }
why-below = { $amount } ({ $share }) na mas mababa kaysa ngayon
why-above = { $amount } ({ $share }) na mas mataas kaysa ngayon
why-since = { $what }: { $why }
why-and = { $what }; { $more }
sentence = { $parts }.
saved-outweighs-added = mas malaki ang natitipid na { $saved } kaysa sa nadaragdag na { $added }
saved-does-not-outweigh-added = hindi nababawi ng natitipid na { $saved } ang nadaragdag na { $added }
saved = nakatitipid ng { $saved }
added = nadaragdagan ng { $added }
amount-of-part = { $amount } { $part }
part-team = para sa sariling team
part-contracts = sa kontrata
part-stays = na naiiwan sa bumibili
part-stranded = na binabayaran nang walang gamit
part-transition = sa paglipat
part-exit = sa pagtatapos ng mga kontrata ngayon
part-customers = sa nawalang mga customer
part-others = na iba pang gastos
service-today = { $service } ang nasagot sa oras
service-as-today = service level na gaya ngayon
service-lower = service level na mas mababa ng { $points }
service-higher = service level na mas mataas ng { $points }
earned-back = nababawi ang gastos sa pagsisimula bago matapos ang { $month }
hours-freed = nababawasan ng { $hours } oras bawat taon ang { $what }
repeats-more = { $share } na mas maraming contact dahil mas kaunti ang nalulutas ng mga team nito
repeats-fewer = { $share } na mas kaunting contact dahil mas marami ang nalulutas ng mga team nito
closed-more = { $share } na mas maraming contact ang nakakadatnan ng sarado
closed-fewer = { $share } na mas kaunting contact ang nakakadatnan ng sarado

begins-late = nagsisimula ang { $file } sa { $day }, pagkatapos magsimula ng horizon
ends-early = nagtatapos ang { $file } sa { $day }, bago matapos ang horizon
limit-below = { $value } ang { $measure }, mas mababa sa { $limit }
limit-above = { $value } ang { $measure }, mas mataas sa { $limit }
measure-of = { $measure } ng `{ $queue }`
measure-service-level = service level
measure-abandoned = bahaging nagbababa
measure-speed-of-answer = karaniwang hintay
measure-over-five-minutes = bahaging naghihintay nang lampas limang minuto
measure-resolved = bahaging nalutas

agents = { $number } agent
peak = { $peak } ang pinakaabalang buwan: { $cost } ang bawat contact noon, at { $less } sa { $quiet }, ang pinakatahimik
peak-hire-by = kailangan ng `{ $team }` ang { $agents } sa { $month } at hindi bababa sa { $least }; dapat magsimula ang paghahanap bago lumampas ang { $day }
peak-hire-not-said = kailangan ng `{ $team }` ang { $agents } sa { $month } at hindi bababa sa { $least }; hindi sinabi kung gaano katagal ang pagkuha at pagsasanay
peak-from-the-start = kailangan ng `{ $team }` ang { $agents } mula sa simula at hindi bababa sa { $least }
mind = tandaan: { $what }
below-next = { $amount } ({ $share }) na mas mababa kaysa { $option }, ang kasunod
mind-target-missed = { $share } ang nasasagot ng `{ $queue }` sa oras; { $target } ang target nito
mind-out-of-reach = { $share } ang nasasagot ng `{ $queue }` sa oras; { $target } ang target nito, at gaano man karami ang agent ay hanggang { $most } lang: dumarating ang iba habang walang gumagawa sa kanila nang mas matagal kaysa maaari nilang hintayin
mind-months-missed = { $share } ang nasasagot ng `{ $queue }` sa oras sa { $month } (target: { $target })
months-missed-more = { $number } pang buwan ng mga queue ang ganoon ding malinaw na kulang
mind-not-worked-off = sa mga customer sa listahang `{ $queue }` na maaaring makausap, { $share } ang nakausap: walang oras ang mga agent para sa iba
mind-unhandled = { $share } ng mga contact ng `{ $queue }` ay dumarating habang walang humahawak nito
mind-left-out = walang presyo sa { $file } ang { $rows } ng unang simulasyon: { $why }
left-out-no-provider = walang pangalan ng provider
left-out-outside-term = nasa labas ng termino nito
left-out-unknown-quantity = hindi sinasabi kung gaano karami ang sinisingil
left-out-other-program = nasa program na hindi nito sakop
mind-not-simulated = tumitingin ang `{ $charge }` ng { $file } sa { $what }, na wala sa anumang simulasyon: magdagdag ng `[[cost]]` para sa magiging halaga nito
not-simulated-reported = iniuulat
not-simulated-sales = mga benta
not-simulated-leads = mga lead
not-simulated-appointments = mga appointment
not-simulated-approvals = mga pag-apruba
mind-nobody-reopens = sinisingil ng `{ $charge }` ng { $file } ang lahat ng nalutas: hindi na bumabalik ang mga customer sa simulasyon na natulungan
mind-bills-nothing = walang sinisingil ang `{ $charge }` ng { $file } sa anumang simulasyon: pinipili ba nito ang dumarating dito?
mind-unmeasured = hindi nasusukat sa simulasyon ang `{ $term }` ng { $file }: wala sa gastos ang mga credit at bonus nito
mind-outside = babayaran ang "{ $what }" { $side } ng horizon at wala sa gastos
mind-outside-of-file = babayaran ang `{ $what }` ng { $file } { $side } ng horizon at wala sa gastos
side-before = bago ang simula
side-after = pagkatapos
mind-looks-back = { $many ->
    [one] nakasalalay
   *[other] nakasalalay
} ang { $charges } ng { $file } sa mga buwan bago ang horizon, na itinuturing na walang gamit
mind-other-zone = nagbibilang ang { $file } ng araw at buwan sa { $zone }, ang case sa { $case }: maaaring malaglag ang mga contact na malapit sa hatinggabi
mind-pool-by-agent = sumisingil ang { $file } ng oras o agent ng isang shared pool, na walang sariling iskedyul
mind-nobody-reaches = walang contact ng `{ $queue }` ang nakararating sa `{ $team }`: kinukuha ng ibang daan ang lahat bago nito
mind-overtaken = sa { $runs } ng { $of } simulasyon ay mas mahal ito kaysa "{ $behind }", na kasunod nito

## Mga provider

providers-heading = Ang mga provider
head-provider = provider
head-provider-agents = mga agent
head-our-agents = sa kanila, atin
head-our-share = bahagi natin
head-growth = maidadagdag bawat buwan
head-takes-from = tumatanggap mula, bawat buwan
head-hours = oras
head-languages = mga wika
head-certifications = mga sertipikasyon
head-since = mula noong
head-references = mga reference
head-recovery = bumabalik sa loob ng
head-reporting = pag-uulat
none = wala
providers-not-known = Hindi alam sa alinman sa kanila: { $what }.
not-known = hindi alam
volume-contacts = { $number } contact
volume-minutes = { $number } minuto
volume-agents = { $number } agent
reporting-counts = mga bilang
reporting-real-time = real time
reporting-recordings = mga recording
must-has = ang sertipikasyong { $certification }
must-speaks = ang wikang { $language }
must-open = trabaho nang { $hours }
must-reports = pag-uulat na kasinlalim ng { $depth }
must-at-least = hindi bababa sa { $limit } { $figure }
must-at-most = hindi hihigit sa { $limit } { $figure }
provider-years = taon sa negosyo
provider-references = reference
provider-agents = agent na empleyado
provider-growth = dagdag na agent bawat buwan
provider-recovery = hanggang gumana muli
provider-our-share = ng mga agent nito ang para sa atin
lacks = hindi inaalok ng `{ $provider }` ang hinihingi: { $must }
lacks-figure = hindi inaalok ng `{ $provider }` ang hinihingi, { $must }: { $value } ang mayroon ito
mind-not-known = hindi alam kung inaalok ng `{ $provider }` ang { $must }, at hinihingi ito ng decide.toml
misfit-too-small = maliit ang `{ $provider }` para rito: { $ours } sa { $all } agent nito ang magiging atin ({ $share }; hanggang { $limit } ang maayos)
misfit-too-large = malaki ang `{ $provider }` para rito: { $ours } sa { $all } agent nito ang magiging atin ({ $share }; mula { $limit } inaalagaan ang kliyente)
misfit-grows-slowly = { $growth } agent bawat buwan ang maidadagdag ng `{ $provider }`; { $needed } ang dagdag na kailangan sa { $month } kaysa nakaraang buwan
misfit-below-minimum = tumatanggap ang `{ $provider }` ng program mula { $asked } bawat buwan; { $comes } ang mayroon sa { $month }
mind-minimum-unused = hindi naabot ang minimum na `{ $minimum }` ng { $file }: { $amount } ang binabayaran para sa wala sa buong horizon

## Ano ang makapagpapabago

flips-heading = Ano ang makapagpapabago ng sagot
flip-nothing = Wala sa mga sinubukan ang naglalagay ng ibang opsiyon sa una.
flip-more-contacts = Mas mura ang { $option } kapag lampas { $contacts } contact bawat taon ({ $share } ng plano)
flip-fewer-contacts = Mas mura ang { $option } kapag mas kaunti sa { $contacts } contact bawat taon ({ $share } ng plano)
flip-more-too = ang { $option } kapag lampas { $contacts } ({ $share })
flip-fewer-too = ang { $option } kapag mas kaunti sa { $contacts } ({ $share })
flip-figure = Pinakamura ang { $option } kung { $figures }.
flip-figure-at = { $share } ng plano ang { $figure }
flip-figure-too = { $share } ang { $figure }
flip-stays = Nananatiling pinakamura ang { $option } hanggang { $prices }.
flip-own-price = maging mas mahal ng { $share } ang kontrata nito
flip-other-price = maging mas mura ng { $share } ang kontrata ng { $option }
flip-other-price-too = mas mura ng { $share } ang sa { $option }
worth-knowing = Hanggang { $amount } ang halaga ng malaman ang { $figure } bago pumili: sukatin ito sa isang pilot.

figures-heading = Ano ang hindi tiyak, ayon sa epekto sa { $option }
head-figure = bilang
head-from = mula
head-to = hanggang
head-then-low = gastos kung mababa
head-then-high = gastos kung mataas
figure-volume = dami
figure-handle-time = handle time
figure-resolved = bahaging nalulutas
figure-turnover = turnover
figure-growth = pagtaas ng mga presyo
figure-exchange-rate = palitan ng pera
figure-outages = dalas ng pagkaantala ng serbisyo
figure-outage-length = tagal ng pagkaantala ng serbisyo
figure-of = { $figure } ng `{ $of }`

## Ano ang gagawin

negotiate-heading = Ano ang pag-uusapan
negotiate-nothing = Walang nakitang mahal o mapanganib sa kontrata ng { $option }.
assumed-heading = Ano ang ipinalagay
head-what = ano
head-value = halaga
head-source = pinagmulan
next-heading = Susunod
next-explain = ang kontrata sa simpleng salita
next-draft = isinusulat ang mga burador ng kontrata at opsiyon, para basahin at baguhin
next-sheet = ang workbook na ipadadala sa iba pang bidder
next-rest = ang iba pa, may larawan: mga babala ({ $minds }), mga sugnay ({ $clauses }), mga palagay ({ $assumptions })

## Mga sugnay

head-clause = sugnay
head-contract = kontrata
head-cost-a-year = gastos bawat taon
head-at-risk = nakataya
head-code = code
clause-cost = { $amount } bawat taon
clause-risk = { $amount } ang nakataya
clause-line = { $option }: { $cost }: { $what } ({ $where })
clause-unpriced = { $option }: { $what } ({ $where })
clause-L001 = sinisingil ng `{ $term }` ang bawat nasimulang minuto, o mas mahahabang hakbang
clause-L002 = sinisingil ng `{ $term }` ang oras na walang nagtatrabaho para sa customer
clause-L003 = sinisingil ng `{ $term }` ang pinakamababang oras o halaga ng bawat contact bukod sa wrap
clause-L004 = sinisingil ang `{ $term }` bukod sa presyong may kasama nang pamamahala
clause-L005 = mas mataas ang `{ $term }` kaysa aabutin ng dami: binabayaran nang walang kapalit ang natitira
clause-L006 = nawawala sa katapusan ng buwan ang mga hindi nagamit na yunit ng `{ $term }`
clause-L007 = sinisingil ang `{ $term }` tuwing 28 araw, labintatlong beses sa isang taon
clause-L008 = walang paraan para umalis nang walang dahilan, o pagkatapos lang ng mahabang abiso
clause-L009 = hindi sapat ang mga hindi naabot na pamantayan para tapusin ito
clause-L010 = kusa itong nare-renew
clause-L011 = hindi ninyo makikita ang mga orihinal na talaan: walang masusuri
clause-L012 = walang ipinangakong service level, o walang kasunod kapag hindi ito naabot
clause-L013 = maraming paraan para kuwentahin ang `{ $term }`: hindi nito sinasabi kung alin
clause-L014 = ginagawang target ng `{ $term }` ang handle time
clause-L015 = napakababa ng hangganan ng mga credit kaya kaunti ang gastos ng provider kapag pumalya
clause-L016 = maaaring tumaas ang mga presyo nang walang saysay na hangganan
clause-L017 = kayo ang papasan sa paggalaw ng pera
clause-L018 = { $term } na hindi na mababawi
clause-L019 = binabayaran ito bago gamitin, o bilang deposito
clause-L020 = sinisingil ng `{ $term }` ang pagsasanay ng mga kapalit ng umalis
clause-L021 = nasa labas ng binabayaran ng iba ang `{ $term }`

## Mga palagay

assumed-by-effect = Kung saan nakasandig ang { $option }, ayon sa epekto sa gastos nito
assumed-by-effect-known = Kung saan nakasandig ang { $option }, ayon sa epekto sa gastos nito; mga palagay na hindi alam ang epekto: { $unknown }
head-effect = epekto sa gastos
effect-swing = ±{ $amount }
assumed-line = { $effect }: { $what } ({ $value })
assumed-of = { $of }: { $what }
assumed-range = kung gaano maaaring lumihis ang { $figure }
assumed-patience = karaniwang pasensiya
assumed-spread = pagkakaiba-iba ng handle time (standard deviation sa mean)
assumed-busyness = pagbabago ng dami sa bawat araw na higit sa pagkakataon
assumed-busyness-measured = pagbabago sa bawat araw, tinantiya bukod sa araw ng linggo at pagkakataon
assumed-shrinkage = shrinkage: bayad na oras na wala sa contact
assumed-shift-inefficiency = kawalang-husay ng mga shift
assumed-hours-a-month = bayad na oras bawat buwan ng full-time na agent
assumed-turnover = bahagi ng mga agent na umaalis sa isang taon
assumed-resolved = bahagi ng mga contact na nalutas
assumed-talk = karaniwang tagal ng pag-uusap
assumed-wrap = karaniwang tagal ng wrap
assumed-handle-factors = talk, hold at wrap kumpara sa program
assumed-staffed = mga agent kumpara sa kailangan ng target
assumed-pool-share = bahagi natin sa trabaho ng shared pool
assumed-pool-hours = kung kailan tumatawag ang customer ng ibang kliyente
assumed-holidays = bukas sa mga pistang hindi ibinibigay ng anumang tuntunin
assumed-promise = ipinangakong serbisyo
assumed-traffic = dami, hugis ng araw at handle time
assumed-history = dami at hugis ng araw
assumed-season = panahon ng taon
assumed-returns = mga customer na bumabalik na may tanong pa
assumed-hours = oras ng pagbubukas
assumed-profile = hugis ng araw at linggo
assumed-exchange-rate = halaga ng isa nito sa simula
assumed-growth = paglago sa isang taon
assumed-customers-hung-up = mga customer na nawala sa mga nagbababa, at halaga ng isa
assumed-customers-lost = mga customer na nawala sa mga naghintay nang lampas limang minuto, at halaga ng isa
assumed-phone-hours = oras sa telepono
assumed-paid-hours = bayad na oras
assumed-paid-above-least = bayad na oras na higit sa pinakamababa
assumed-register = mga agent sa talaan
assumed-paid = kung kailan binabayaran ang invoice
assumed-tax-back = buwis na ibinabalik ng estado
assumed-least-share = bahagi ng mga agent ng provider, hindi bababa sa
assumed-most-share = bahagi ng mga agent ng provider, hindi hihigit sa
assumed-ends = kung kailan matatapos ang kontrata ngayon
assumed-owed = utang hanggang matapos ito
assumed-help = tulong sa paglipat
assumed-calls-again = ang tumatawag muli
assumed-hangs-up = ang nagbababa
assumed-differs = ang nag-iiba sa bawat simulasyon
assumed-speed = bilis ng mga agent
assumed-contained = mga contact na tinatapos ng makina
assumed-outages = mga pagkaantala ng serbisyo
assumed-absence = mga araw ng pagliban na walang kapalit
assumed-vacant = mga araw na bakante ang isang posisyon
assumed-learning = handle time ng bago
assumed-slowdown = gaano mas matagal ang chat kapag isa, dalawa, … nang sabay
assumed-chats-at-once = mga chat nang sabay
assumed-corrected = mga agent kumpara sa sinasabi ng pormula

## Mga presyo

prices-heading = Ang mga presyo, katabi ng dapat na halaga
head-charge = singil
head-price = presyo
head-should = dapat na halaga
head-market = bayad ng iba
head-difference = pagkakaiba
head-drivers = ano ang nagpapagalaw
head-unit = yunit
unit-minute = bawat minuto
unit-hour = bawat oras
unit-agent-month = bawat buwan ng agent
price-within = nasa loob nito
price-above = sobra ng { $difference }
price-below = kulang ng { $difference }: itanong kung ano ang iniwan
price-line = Humihingi ang { $option } ng { $price } { $code } { $unit } at dapat ay { $low }–{ $high } { $code }: { $verdict }
prices-within = Nasa loob ng dapat na halaga ang hinihingi ng { $number } alok
prices-within-too = { $number } pang presyo ang nasa loob ng dapat nilang halaga
prices-outside-more = { $number } pang presyo ang nasa labas ng dapat nilang halaga: nasa pahina
drivers-shared = shared na agent, { $share } ng trabaho nila ang atin
drivers-dedicated = mga agent na atin lamang
drivers-nights = { $share } ng oras ay gabi roon
price-pay = sahod
price-bonus = bonus
price-nights = gabi
price-languages = mga wika
price-taxes-and-benefits = buwis at benepisyo
price-paid-and-not-at-work = bayad ngunit wala sa trabaho
price-supervision = pangangasiwa
price-support-functions = mga suportang gawain
price-facilities-and-technology = pasilidad at teknolohiya
price-bandwidth-and-telephony = linya at telepono
price-margin = tubo
price-compensation = sahod, buwis at benepisyo
price-facilities = pasilidad at mga linya
chart-prices = Kung saan dapat binubuo ang bawat presyo, bilang bahagi ng hinihingi: ang mga bar ay nasa gitna ng saklaw

## Mga larawan

chart-cost = Gastos ng bawat opsiyon; ang manipis na guhit ay mula P10 hanggang P90
chart-parts = Saan napupunta ang pera
chart-figures = Ang epekto ng bawat hindi tiyak na bilang sa gastos ng { $option }
chart-volume = Gastos ayon sa dami: kung saan nagtatagpo ang mga guhit, ibang opsiyon ang mas mura
chart-months = Gastos ng { $option } bawat buwan
axis-of-plan = mga contact, kumpara sa plano
as-table = bilang talahanayan
made-by = Longshore { $version }, seed { $seed }
