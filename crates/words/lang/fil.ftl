# Mga bilang, pera at panahon sa Filipino. Hindi nagbabago ang pangngalan pagkatapos ng bilang.

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

milliseconds = { $number } millisecond
seconds = { $number } segundo
minutes = { $number } minuto
hours = { $number } oras
days = { $number } araw
months = { $number } buwan
