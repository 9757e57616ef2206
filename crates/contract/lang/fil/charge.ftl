### Mga singil: ano ang binibilang, magkano, at isang halimbawang may halaga.

heading-charges = Ano ang sinisingil

## Ano ang binibilang

counts-contacts = Bawat contact ay binibilang na isa.
counts-legs = Bawat daan ng contact sa isang queue o agent (leg) ay binibilang na isa.
counts-time = Sa bawat contact, ito ang oras na sinisingil: { $parts }.
counts-time-of-leg = Sa bawat daan ng contact sa isang queue o agent (leg), ito ang oras na sinisingil: { $parts }.
counts-agent-time = Sinisingil ang oras ng trabaho ng mga agent ayon sa naitala ng mga system.
counts-overtime = Sinisingil ang overtime: ang trabaho ng isang agent na lampas sa { $time } sa isang linggo. Nagsisimula ang linggo tuwing { $day }, kahit tumawid ito sa ibang buwan.
counts-requested = Sinisingil ang mga oras ng agent na hiniling ng buyer (requested).
counts-scheduled = Sinisingil ang mga oras ng agent na iniskedyul ng provider (scheduled).
counts-productive = Sinisingil ang mga oras na available o nagtatrabaho ang mga agent (productive).
counts-lesser = Sa bawat interval na { $per }, ang mas mababa sa mga ito ang sinisingil (lesser of): { $hours }.
counts-greater = Sa bawat interval na { $per }, ang mas mataas sa mga ito ang sinisingil (greater of): { $hours }.
counts-at-most = Sa bawat interval, hanggang { $share } { $hours } lang ang sinisingil.
counts-agent-days = Bawat agent sa rehistro ng provider ay sinisingil kada buwan; kung bahagi lang ng buwan siya naroon, ang mga araw na iyon lang ang sinisingil (prorated).
counts-agent-months = Bawat agent sa rehistro ng provider ay sinisingil kada buwan; kahit bahagi lang ng buwan siya naroon, buong buwan ang sinisingil.
counts-resolutions = Bawat contact na nakalutas sa pakay ng customer (resolution) ay binibilang na isa.
counts-sales = Bawat contact na may benta ay binibilang na isa.
counts-sale-amounts = May komisyon ang provider sa naibebenta nito.
counts-leads = Bawat nakuhang posibleng customer (lead) ay binibilang na isa.
counts-appointments = Bawat naitakdang appointment ay binibilang na isa.
counts-reported = Sinisingil kada piraso ang iniuulat ng provider.
counts-costs = Ipinapasa sa buyer ang mga gastos na binabayaran ng provider para rito.
reopened-within = Hindi binibilang ang contact kung bumalik ang customer sa parehong pakay sa loob ng { $time }; hangga't hindi ito lumilipas, hindi pa pinal ang buwan.
evidence = Ang sinisingil lang ay ang may kasamang dokumento (evidence).

steps-exact = Sinisingil ang oras hanggang sa millisecond.
steps-then = Sinisingil ang oras sa mga hakbang na { $then } (increments); buo ang singil sa hakbang na nasimulan.
steps-first = Sa bawat { $row ->
    [leg] leg
   *[contact] contact
}, hindi bababa sa { $first } ang sinisingil; ang lampas doon ay sinisingil hanggang sa millisecond.
steps-first-then = Sa bawat { $row ->
    [leg] leg
   *[contact] contact
}, hindi bababa sa { $first } ang sinisingil, at ang lampas doon ay sa mga hakbang na { $then } (increments); buo ang singil sa hakbang na nasimulan.
free-up-to = Libre at hindi binibilang ang { $row ->
    [leg] leg
   *[contact] contact
} na hindi lampas sa { $time }.
free-first = Libre ang simula ng bawat { $row ->
    [leg] leg
   *[contact] contact
}: { $time }.
extra = Idinaragdag sa oras ng bawat sinisingil na { $row ->
    [leg] leg
   *[contact] contact
}: { $time }.

## Magkano ang isang yunit

price = Ang presyo ay { $price }.
commission = Ang komisyon ay { $share } ng halagang naibenta.
costs-as-they-are = Sinisingil ang mga ito nang walang patong.
costs-with-markup = Sinisingil ang mga ito nang may patong (markup) na { $share }.
of-price = Ang presyo ay { $share } ng nakalistang presyo ng { $charge }.
of-price-of-month = Ang presyo ay { $share } ng presyong umiral sa { $charge } sa buwang iyon.

bands-month = Ang presyo ay ayon sa volume ng buwan (tiers).
bands-quarter = Ang presyo ay ayon sa volume na naipon sa isang quarter ng kontrata (tiers).
bands-year = Ang presyo ay ayon sa volume na naipon sa isang taon ng kontrata (tiers).
bands-term = Ang presyo ay ayon sa volume na naipon sa buong termino ng kontrata (tiers).
bands-by-agents = Ang presyo ay ayon sa dami ng agent sa rehistro ng provider, sa karaniwan sa buwan (tiers).
tiers-graduated = Bawat yunit ay may presyo ng antas na kinalalagyan nito (graduated), at ang pag-abot sa bagong antas ay walang binabago sa mga naunang yunit:
tiers-volume-month = Ang antas na naabot ng buwan ang nagtatakda ng presyo ng lahat ng yunit ng buwan, mula sa una (volume):
tiers-volume-quarter = Ang antas na naabot ng quarter ang nagtatakda ng presyo ng lahat ng yunit ng quarter, mula sa una (volume):
tiers-volume-year = Ang antas na naabot ng taon ang nagtatakda ng presyo ng lahat ng yunit ng taon, mula sa una (volume):
tiers-volume-term = Ang antas na naabot ng kontrata ang nagtatakda ng presyo ng lahat ng yunit ng buong termino, mula sa una (volume):
tiers-stair-step = Iisa ang halaga ng antas na naabot, gaano man karami ang nagamit sa loob nito (stair-step):
rebate-for-earlier-months = Kapag naabot ang mas murang antas, ibinabalik sa buwang iyon ang sobrang naibayad sa mga naunang buwan ng panahon (rebate).
band = { $range }: { $price }
units-first = ang unang { $to }
units-next = mula { $from } hanggang { $to }
units-beyond = lahat ng lampas sa { $from }
range-all = anumang volume
range-below = mas mababa sa { $to }
range-up-to = hanggang { $to }
range-from = { $from } o higit pa
range-over = higit sa { $from }
range-from-below = { $from } o higit pa, pero mas mababa sa { $to }
range-from-up-to = { $from } o higit pa, hanggang { $to }
range-over-below = higit sa { $from }, pero mas mababa sa { $to }
range-over-up-to = higit sa { $from }, hanggang { $to }
in-all = { $amount } sa kabuuan
price-block = { $price } sa bawat bloke na { $size } ({ $partial })
block-up = buo ang singil sa blokeng nasimulan
block-down = walang singil sa blokeng hindi napuno
block-nearest = may singil ang blokeng hindi napuno kung nagamit ang kalahati o higit pa
band-fee = dagdag ang nakapirming { $amount }
band-fee-first = Sinisingil ang nakapirming halaga ng unang antas kahit walang nagamit.
band-fee-due = Sinisingil ang nakapirming halaga ng isang antas kapag naabot ito ng volume.
band-fee-reached = Ang sinisingil na nakapirming halaga ay sa antas lamang na naabot ng volume.
band-fee-alone = nakapirming { $amount }
band-at-most = hanggang { $amount } para sa mga yunit na ito
scope-program = Hiwalay ang bilang ng bawat programa at hiwalay ang pag-akyat nito sa mga antas.
scope-site = Hiwalay ang bilang ng bawat site at hiwalay ang pag-akyat nito sa mga antas.
cliff-down = Bantayan ang hangganan: ang kabuuan ay { $below } para sa { $less }, pero { $above } para sa { $more }. Ang mas marami ay puwedeng mas mura sa kabuuan.
cliff-up = Bantayan ang hangganan: ang kabuuan ay { $below } para sa { $less } at { $above } para sa { $more }.
example-by-agents = Halimbawa, ang kabuuan para sa { $quantity } ay { $below } kung { $less } at { $above } kung { $more }.

lengths-part = Ang presyo ay ayon sa haba ng bawat contact; may sariling presyo ang bawat bahagi nito:
lengths-whole = Ang presyo ay ayon sa haba ng bawat contact; ang bahaging naabot nito ang nagtatakda ng presyo ng kabuuan:
length = { $range }: { $price }, sa mga hakbang na { $then }
length-all = anumang haba
length-first = ang unang { $to }
length-next = mula { $from } hanggang { $to }
length-beyond = lampas sa { $from }

## Mga kasama nang libre, nakapirming halaga, limitasyon

included = Kasama nang libre bawat buwan (included): { $quantity }.
included-lapse = Nawawala ang hindi nagamit hanggang katapusan ng buwan.
included-rollover = Ang hindi nagamit ay nananatili nang { $months } pa (rollover) at iyon ang unang ginagamit; pagkatapos ay nawawala na.
included-pooled = Pinagsasaluhan ito ng lahat ng programa o site (pooled).
included-apart = May sarili nito ang bawat programa o site.
included-first = Ang mga una sa buwan ang libre.
included-proportional = Pantay na nakikinabang dito ang lahat ng yunit ng buwan.
included-cheapest = Ang mga may pinakamababang dagdag na singil ang libre.
included-by-day = Ang buwan na bahagi lang ang sakop ng termino ay may bahaging ayon sa mga araw nito (prorated).
included-whole = Ang buwan na bahagi lang ang sakop ng termino ay may kabuuan nito.
fee = May kasama itong nakapirming { $amount } kada buwan, magamit man o hindi.
part-by-day = Ang buwan na bahagi lang ang sakop ng termino ay sinisingil ayon sa mga araw nito (prorated).
part-whole = Ang buwan na bahagi lang ang sakop ng termino ay sinisingil na parang buong buwan.
connect-fee-contact = Bawat sinisingil na contact ay may dagdag na { $amount } (connect fee).
connect-fee-leg = Bawat sinisingil na leg ay may dagdag na { $amount } (connect fee).
each-at-least-contact = Bawat contact ay hindi bababa sa { $amount }, kasama na ang mga dagdag na singil.
each-at-least-leg = Bawat leg ay hindi bababa sa { $amount }, kasama na ang mga dagdag na singil.
each-at-least-sale = Bawat contact na may benta ay hindi bababa sa { $amount }.
each-at-most-contact = Bawat contact ay hindi lalampas sa { $amount }, kasama na ang mga dagdag na singil.
each-at-most-leg = Bawat leg ay hindi lalampas sa { $amount }, kasama na ang mga dagdag na singil.
each-at-most-sale = Bawat contact na may benta ay hindi lalampas sa { $amount }.
limits-month = Sa linya ng buwan: { $limits }.
limits-quarter = Sa mga linya ng isang quarter ng kontrata nang sama-sama: { $limits }.
limits-year = Sa mga linya ng isang taon ng kontrata nang sama-sama: { $limits }.
limits-term = Sa mga linya ng buong termino nang sama-sama: { $limits }.
limits-in-order = Ganito ang pagkakasunod ng paglalapat ng mga ito.
limit-discount = diskwentong { $value }
limit-cap = hanggang { $value } lang (cap)
limit-minimum = hindi bababa sa { $value } (minimum), kahit walang nagamit
refund = Kapag umalis ang agent sa loob ng { $days } pagkatapos ng ganoong oras, ibinabalik ito sa presyong isiningil, sa buwan ng pag-alis ng agent (refund).
rounded-itself = May sariling pag-round ang singil na ito: { $rule }.

## Mga dagdag na singil

surcharges = May idinaragdag sa ilang panahon (surcharge):
surcharge = { $calendar } ({ $times }): { $share } { $base }
surcharge-base-only = na dagdag, ibig sabihin { $price }
surcharge-base-list = ng presyo ng unang antas, ibig sabihin { $price }
surcharge-base-price = ng presyo
surcharge-base-marginal = ng presyo ng mismong yunit sa antas nito
surcharge-base-average = ng karaniwang halaga ng mga yunit ng buwan
surcharges-add = Kung sabay ang ilan, pinagsasama ang mga ito.
surcharges-highest = Kung sabay ang ilan, ang pinakamataas lang ang binibilang.
across-agent-time = Pinuputol ang oras ng mga agent kung saan nagsisimula o nagtatapos ang ganoong panahon.
across-schedule = Ang simula ng bawat interval sa iskedyul ang batayan.
across-arrived = Ang sandali ng pagdating ng contact ang batayan para sa kabuuan nito.
across-offered = Ang sandali ng pag-alok ng contact sa queue ang batayan para sa kabuuan nito.
across-answered = Ang sandali ng pagsagot sa contact ang batayan para sa kabuuan nito.
across-ended = Ang sandali ng pagtatapos ng contact ang batayan para sa kabuuan nito.
across-split = Hinahati ang contact kung saan nagsisimula o nagtatapos ang ganoong panahon; may sariling presyo ang bawat bahagi.
across-split-some = Sa { $calendars }, hinahati ito roon; may sariling presyo ang bawat bahagi.

## Mga halaga

flat = { $amount } kada buwan, may nagamit man o wala.
four-weekly = { $amount } kada 28 araw, na binibilang mula sa unang araw ng kontrata, sa buwan kung kailan nagsisimula ang bawat panahon: labintatlong beses sa isang taon na may 52 linggo, o { $year } sa kabuuan.
once = { $amount } nang isang beses, na dapat bayaran sa { $date }.
ratio = Sa bawat { $per } ng { $of }, { $one } ang binabayaran ng buyer.
ratio-up = Binibilang na buo ang bahaging nasimulan.
ratio-down = Hindi binibilang ang bahaging hindi buo.
ratio-nearest = Binibilang na buo ang bahagi mula sa kalahati nito.
ratio-exact = Sinisingil ang bahagi bilang bahagi.
share = Binabayaran ng buyer ang { $share } ng kabuuan ng mga linyang ito: { $charges }.

## Mga halimbawa

example-contact = Halimbawa, ang contact na may { $time } ng oras na ito ay sinisingil na { $billed } ({ $quantity }) at nagkakahalaga ng { $amount }.
example-contact-plain = Halimbawa, ang contact na may { $time } ng oras na ito ay sinisingil na { $billed } at nagkakahalaga ng { $amount }.
example-leg-plain = Halimbawa, ang leg na may { $time } ng oras na ito ay sinisingil na { $billed } at nagkakahalaga ng { $amount }.
example-leg = Halimbawa, ang leg na may { $time } ng oras na ito ay sinisingil na { $billed } ({ $quantity }) at nagkakahalaga ng { $amount }.
example-surcharged = Sa { $calendar }, ito ay { $amount }.
example-length = Halimbawa, ang contact na { $time } ay nagkakahalaga ng { $amount }.
example-month = Halimbawa, para sa { $quantity } sa isang buwan, { $amount } ang babayaran ng buyer.
example-month-contacts = Halimbawa, para sa { $contacts } na tig-{ $time }, kabuuang { $quantity } sa isang buwan, { $amount } ang babayaran ng buyer.
example-month-surcharged = Kung lahat ay nasa { $calendar }, ito ay { $amount }.
example-agent-days = Halimbawa, ang agent na nasa rehistro nang { $days } sa { $month } ay nagkakahalaga ng { $amount }.
example-sale = Halimbawa, sa bentang { $sale }, { $amount } ang kita ng provider.
example-cost = Halimbawa, ang gastos na { $cost } ay sinisingil na { $amount }.
example-refund = Halimbawa, kung siningil ang { $quantity } at umalis ang mga agent na iyon sa sumunod na buwan, { $amount } ang ibabalik ng provider.
example-ratio = Halimbawa, sa { $base }, ito ay { $quantity }, at { $amount } ang babayaran ng buyer.
example-share = Halimbawa, sa buwan na { $base } ang kabuuan ng mga linyang ito, ito ay { $amount }.
example-part = Halimbawa, ang buwan na { $days } lang ang sakop ng termino ay nagkakahalaga ng { $amount }.
example-once = Halimbawa, may linyang { $amount } ang invoice para sa { $month }; wala nito ang iba.
example-four-weekly = Halimbawa, may linyang { $amount } ang invoice para sa { $month }.

## Pag-round

round-half-up = sa pinakamalapit na multiple ng { $step }, palayo sa sero ang kalahati, { $at }
round-half-even = sa pinakamalapit na multiple ng { $step }, sa even na multiple ang kalahati, { $at }
round-up = pataas sa susunod na multiple ng { $step }, { $at }
round-down = pababa sa multiple ng { $step }, { $at }
round-at-contact = sa bawat contact (ang walang binibilang na contact ay minsan lang, sa linya nito)
round-at-line = minsan sa bawat linya
round-at-invoice = minsan lang, sa kabuuan ng invoice
