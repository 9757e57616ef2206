# Numere, bani și timp în română: virgulă zecimală, punct la mii, „de” de la 20 în sus.

money = { $number } { $code }
percent = { $number } %
about = circa { $what }
quoted = „{ $text }”

list-and = { $first } și { $last }
list-and-before-i = { $first } și { $last }
list-or = { $first } sau { $last }
list-or-before-o = { $first } sau { $last }

date = { $day } { $month } { $year }
month-of-year = { $month } { $year }
january = ianuarie
february = februarie
march = martie
april = aprilie
may = mai
june = iunie
july = iulie
august = august
september = septembrie
october = octombrie
november = noiembrie
december = decembrie
monday = luni
tuesday = marți
wednesday = miercuri
thursday = joi
friday = vineri
saturday = sâmbătă
sunday = duminică

milliseconds = { $plural ->
    [one] { $number } milisecundă
    [few] { $number } milisecunde
   *[other] { $number } de milisecunde
}
seconds = { $plural ->
    [one] { $number } secundă
    [few] { $number } secunde
   *[other] { $number } de secunde
}
minutes = { $plural ->
    [one] { $number } minut
    [few] { $number } minute
   *[other] { $number } de minute
}
hours = { $plural ->
    [one] { $number } oră
    [few] { $number } ore
   *[other] { $number } de ore
}
days = { $plural ->
    [one] { $number } zi
    [few] { $number } zile
   *[other] { $number } de zile
}
months = { $plural ->
    [one] { $number } lună
    [few] { $number } luni
   *[other] { $number } de luni
}
