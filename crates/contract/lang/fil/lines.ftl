### Mga saklaw ang ilang linya: minimum, diskwento, indexation, paunang bayad.

heading-minimums = Mga minimum at commitment
heading-discounts = Mga diskwento at rebate
heading-indexes = Paano nagbabago ang mga presyo sa paglipas ng panahon
heading-prepaid = Ang binabayaran bago gamitin

minimum-month = Para sa { $charges }, hindi bababa sa { $amount } kada buwan ang binabayaran ng buyer (minimum), pagkatapos ng mga diskwento.
minimum-quarter = Para sa { $charges }, hindi bababa sa { $amount } kada quarter ng kontrata ang binabayaran ng buyer (minimum), pagkatapos ng mga diskwento.
minimum-year = Para sa { $charges }, hindi bababa sa { $amount } kada taon ng kontrata ang binabayaran ng buyer (minimum), pagkatapos ng mga diskwento.
minimum-term = Para sa { $charges }, hindi bababa sa { $amount } sa buong termino ang binabayaran ng buyer (minimum), pagkatapos ng mga diskwento.
minimum-shortfall = Ang kulang dito (shortfall) ay hiwalay na linya.
minimum-by-day = Sa buwan na bahagi lang ang sakop ng termino, ang minimum ay ayon sa mga araw nito (prorated).
minimum-whole = Sa buwan na bahagi lang ang sakop ng termino, buo pa rin ang minimum.
minimum-waived = Hindi ito hinihingi (waived) sa buwan na { $condition }.
commitment-month = Bawat buwan, nangangako ang buyer ng { $volume } sa { $charges } (take or pay).
commitment-quarter = Bawat quarter ng kontrata, nangangako ang buyer ng { $volume } sa { $charges } (take or pay).
commitment-year = Bawat taon ng kontrata, nangangako ang buyer ng { $volume } sa { $charges } (take or pay).
commitment-term = Sa buong termino, nangangako ang buyer ng { $volume } sa { $charges } (take or pay).
commitment-shortfall = Binabayaran pa rin ang anumang kulang dito (shortfall), sa { $price }.
commitment-by-day = Sa buwan na bahagi lang ang sakop ng termino, ito ay ayon sa mga araw nito (prorated).
commitment-whole = Sa buwan na bahagi lang ang sakop ng termino, buo pa rin ito.
commitment-beyond = Sa bawat yunit na lampas sa { $volume }, idinaragdag ang { $share } ng karaniwang halaga ng mga yunit na ito.
settled-month = Kinukuwenta ito bawat buwan.
settled-quarter = Kinukuwenta ito sa huling buwan ng bawat quarter ng kontrata.
settled-year = Kinukuwenta ito sa huling buwan ng bawat taon ng kontrata.
settled-term = Kinukuwenta ito sa huling buwan ng kontrata.
example-minimum = Halimbawa, kung { $reached } ang kabuuan ng mga ito { $in }, magdaragdag ang buyer ng { $missing }.
example-commitment = Halimbawa, sa { $volume } { $in }, magdaragdag ang buyer ng { $amount }.
example-commitment-of-forecast = Halimbawa, sa forecast na { $forecast } at volume na { $volume } { $in }, magdaragdag ang buyer ng { $amount }.

discount-share = Ibinabawas ang { $share } sa { $charges }.
discount-amount = Ibinabawas ang { $amount } kada buwan sa { $charges }, pero hindi hihigit sa siningil.
rebate-month = Ang kabuuan ng { $charges } sa isang buwan ang nagtatakda kung gaano nito ang ibabalik (rebate):
rebate-quarter = Ang kabuuan ng { $charges } sa isang quarter ng kontrata ang nagtatakda kung gaano nito ang ibabalik (rebate):
rebate-year = Ang kabuuan ng { $charges } sa isang taon ng kontrata ang nagtatakda kung gaano nito ang ibabalik (rebate):
rebate-term = Ang kabuuan ng { $charges } sa buong termino ang nagtatakda kung gaano nito ang ibabalik (rebate):
rebate-band = mula { $from }: { $share }
rebate-retroactive = Ang naabot na porsiyento ay para sa kabuuan, pati sa mga nabayaran na; ibinabawas ang naibalik na.
discount-from-until = Umiiral ito mula { $from } hanggang { $until }, kasama ang dalawang araw na ito.
discount-from = Umiiral ito mula { $from }.
discount-until = Umiiral ito hanggang { $until }, kasama ang araw na iyon.
discount-part = Sa buwan na bahagi lang ang sakop nito, ang ibinabawas ay ayon sa mga araw na sakop (prorated).
example-discount = Halimbawa, mula sa { $base } { $in }, { $amount } ang ibinabawas.

index-of = Indexation ayon sa { $series }
index-fixed = Indexation sa nakapirming porsiyento
index-series = { $every }, mula sa unang araw ng kontrata, sumusunod ang mga presyo ng { $charges } sa index na { $series }: gumagalaw ang mga ito nang kasinlaki ng galaw ng index mula sa naunang hakbang, at sa una, mula { $base }.
index-share = { $every }, mula sa unang araw ng kontrata, tumataas nang { $share } ang mga presyo ng { $charges }.
every-year = Bawat taon
every-months = Bawat { $months }
index-at-most = Hanggang { $share } lang ang itinataas ng isang hakbang.
index-uncapped = Walang limitasyon sa itinataas ng isang hakbang.
index-at-least = Hindi bababa sa { $share } ang itinataas ng isang hakbang.
index-down-at-most = Hanggang { $share } lang ang ibinababa ng isang hakbang.
index-from = Umiiral ang bagong presyo mula sa unang buwan na nagsisimula sa araw ng hakbang o pagkatapos nito.
example-index-series = Halimbawa, kung tumaas ang { $series } nang { $rise } hanggang sa unang hakbang, ang isang buwan ng { $charge } na dating { $before } ay magiging { $after } mula { $month }.
example-index-share = Halimbawa, ang isang buwan ng { $charge } na { $before } bago ang unang hakbang ay magiging { $after } mula { $month }.

prepaid-once = Paunang nagbabayad ang buyer ng { $amount } sa { $date } (prepaid).
prepaid-monthly = Paunang nagbabayad ang buyer ng { $amount } bawat buwan (prepaid).
prepaid-drawn = Ibinabawas sa balanseng iyon ang sinisingil para sa { $charges } hangga't may laman; ang lampas lang ang binabayaran.
prepaid-expires = Nawawala ang natira sa isang bayad pagkatapos ng { $months }.
prepaid-stays = Hindi nawawala ang natitira.
example-prepaid = Halimbawa, kung { $base } ito sa isang buwan, { $drawn } ang ibinabawas sa balanse.
