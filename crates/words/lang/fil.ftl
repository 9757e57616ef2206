# Mga bilang, pera at panahon sa Filipino. Hindi nagbabago ang pangngalan pagkatapos ng bilang; ang bilang na nagtatapos sa 4, 6 o
# 9 ay may pang-angkop na “na” (CLDR).

money = { $code } { $number }
percent = { $number }%
about = mga { $what }
quoted = “{ $text }”

list-and = { $first } at { $last }
list-and-before-i = { $first } at { $last }
list-or = { $first } o { $last }
list-or-before-o = { $first } o { $last }

date = { $month } { $day }, { $year }
month-of-year = { $month } { $year }
january = Enero
february = Pebrero
march = Marso
april = Abril
may = Mayo
june = Hunyo
july = Hulyo
august = Agosto
september = Setyembre
october = Oktubre
november = Nobyembre
december = Disyembre
monday = Lunes
tuesday = Martes
wednesday = Miyerkules
thursday = Huwebes
friday = Biyernes
saturday = Sabado
sunday = Linggo

milliseconds = { $plural ->
    [one] { $number } millisecond
   *[other] { $number } na millisecond
}
seconds = { $plural ->
    [one] { $number } segundo
   *[other] { $number } na segundo
}
minutes = { $plural ->
    [one] { $number } minuto
   *[other] { $number } na minuto
}
hours = { $plural ->
    [one] { $number } oras
   *[other] { $number } na oras
}
days = { $plural ->
    [one] { $number } araw
   *[other] { $number } na araw
}
months = { $plural ->
    [one] { $number } buwan
   *[other] { $number } na buwan
}
