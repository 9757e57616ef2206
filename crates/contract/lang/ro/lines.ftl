### Ce privește mai multe linii: minime, reduceri, indici, plăți în avans.

heading-minimums = Minime și angajamente
heading-discounts = Reduceri și restituiri
heading-indexes = Cum se schimbă prețurile în timp
heading-prepaid = Ce se plătește înainte de folosire

minimum-month = Pentru { $charges } beneficiarul plătește cel puțin { $amount } pe lună (minimum), socotit după reduceri.
minimum-quarter = Pentru { $charges } beneficiarul plătește cel puțin { $amount } pe trimestru al contractului (minimum), socotit după reduceri.
minimum-year = Pentru { $charges } beneficiarul plătește cel puțin { $amount } pe an al contractului (minimum), socotit după reduceri.
minimum-term = Pentru { $charges } beneficiarul plătește cel puțin { $amount } pe toată durata (minimum), socotit după reduceri.
minimum-shortfall = Ce lipsește până la el (shortfall) este o linie separată.
minimum-by-day = Într-o lună care intră doar în parte în durata contractului, minimul este cât revine zilelor ei (prorated).
minimum-whole = Într-o lună care intră doar în parte în durata contractului, minimul este suma întreagă.
minimum-waived = Nu se cere (waived) într-o lună cu { $condition }.
commitment-month = În fiecare lună beneficiarul se angajează la { $volume } pentru { $charges } (take or pay).
commitment-quarter = În fiecare trimestru al contractului beneficiarul se angajează la { $volume } pentru { $charges } (take or pay).
commitment-year = În fiecare an al contractului beneficiarul se angajează la { $volume } pentru { $charges } (take or pay).
commitment-term = Pe toată durata beneficiarul se angajează la { $volume } pentru { $charges } (take or pay).
commitment-shortfall = Ce lipsește (shortfall) se plătește oricum, la { $price }.
commitment-by-day = Într-o lună care intră doar în parte în durata contractului, este cât revine zilelor ei (prorated).
commitment-whole = Într-o lună care intră doar în parte în durata contractului, este volumul întreg.
commitment-beyond = Pentru fiecare unitate peste { $volume } se adaugă { $share } din cât costă în medie aceste unități.
settled-month = Se decontează în fiecare lună.
settled-quarter = Se decontează în ultima lună a fiecărui trimestru al contractului.
settled-year = Se decontează în ultima lună a fiecărui an al contractului.
settled-term = Se decontează în ultima lună a contractului.
example-minimum = De exemplu, dacă acestea însumează { $reached } { $in }, beneficiarul plătește { $missing } în plus.
example-commitment = De exemplu, cu { $volume } { $in }, beneficiarul plătește { $amount } în plus.
example-commitment-of-forecast = De exemplu, cu o prognoză de { $forecast } și un volum de { $volume } { $in }, beneficiarul plătește { $amount } în plus.

discount-share = Din { $charges } se scade { $share }.
discount-amount = Din { $charges } se scad { $amount } pe lună, dar niciodată mai mult decât se facturează.
rebate-month = Totalul pentru { $charges } într-o lună hotărăște ce parte din el se restituie (rebate):
rebate-quarter = Totalul pentru { $charges } într-un trimestru al contractului hotărăște ce parte din el se restituie (rebate):
rebate-year = Totalul pentru { $charges } într-un an al contractului hotărăște ce parte din el se restituie (rebate):
rebate-term = Totalul pentru { $charges } pe toată durata hotărăște ce parte din el se restituie (rebate):
rebate-band = de la { $from } în sus: { $share }
rebate-retroactive = Procentul atins este valabil pentru tot, și pentru ce s-a plătit înainte; se ține seama de ce s-a restituit deja.
discount-from-until = Este valabil de la { $from } până la { $until }, ambele zile incluse.
discount-from = Este valabil de la { $from }.
discount-until = Este valabil până la { $until }, inclusiv ziua aceea.
discount-part = Într-o lună care intră doar în parte în acest interval, se scade cât revine zilelor ei (prorated).
example-discount = De exemplu, din { $base } { $in } se scad { $amount }.

index-of = Indexare (indexation) după { $series }
index-fixed = Indexare (indexation) cu un procent fix
index-series = { $every }, socotit din prima zi a contractului, prețurile pentru { $charges } urmează indicele { $series }: se modifică atât cât s-a modificat indicele de la pasul dinainte, prima dată de la { $base }.
index-share = { $every }, socotit din prima zi a contractului, prețurile pentru { $charges } cresc cu { $share }.
every-year = În fiecare an
every-months = La fiecare { $months }
index-at-most = Un pas le crește cu cel mult { $share }.
index-uncapped = Nu se pune nicio limită la cât le crește un pas.
index-at-least = Un pas le crește cu cel puțin { $share }.
index-down-at-most = Un pas le scade cu cel mult { $share }.
index-from = Un preț nou este valabil din prima lună care începe în ziua pasului sau după ea.
example-index-series = De exemplu, dacă { $series } crește cu { $rise } până la primul pas, o lună de { $charge } care înainte costa { $before } costă { $after } din { $month }.
example-index-share = De exemplu, o lună de { $charge } care înainte de primul pas costă { $before } costă { $after } din { $month }.

prepaid-once = Beneficiarul plătește { $amount } în avans, la { $date } (prepaid).
prepaid-monthly = Beneficiarul plătește { $amount } în avans în fiecare lună (prepaid).
prepaid-drawn = Ce se facturează pentru { $charges } se scade din acest sold, cât timp ajunge; se plătește doar ce trece peste.
prepaid-expires = Ce rămâne dintr-o plată se pierde după { $months }.
prepaid-stays = Ce rămâne nu se pierde.
example-prepaid = De exemplu, dacă aceasta înseamnă { $base } într-o lună, din sold se scad { $drawn }.
