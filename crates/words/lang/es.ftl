# Números, dinero y tiempo en español: coma decimal, punto de millares desde cinco cifras, espacio antes de %.

money = { $number } { $code }
percent = { $number } %
about = aprox. { $what }
quoted = «{ $text }»

list-and = { $first } y { $last }
list-and-before-i = { $first } e { $last }
list-or = { $first } o { $last }
list-or-before-o = { $first } u { $last }

date = { $day } de { $month } de { $year }
month-of-year = { $month } de { $year }
january = enero
february = febrero
march = marzo
april = abril
may = mayo
june = junio
july = julio
august = agosto
september = septiembre
october = octubre
november = noviembre
december = diciembre
monday = lunes
tuesday = martes
wednesday = miércoles
thursday = jueves
friday = viernes
saturday = sábado
sunday = domingo

milliseconds = { $plural ->
    [one] { $number } milisegundo
    [many] { $number } de milisegundos
   *[other] { $number } milisegundos
}
seconds = { $plural ->
    [one] { $number } segundo
    [many] { $number } de segundos
   *[other] { $number } segundos
}
minutes = { $plural ->
    [one] { $number } minuto
    [many] { $number } de minutos
   *[other] { $number } minutos
}
hours = { $plural ->
    [one] { $number } hora
    [many] { $number } de horas
   *[other] { $number } horas
}
days = { $plural ->
    [one] { $number } día
    [many] { $number } de días
   *[other] { $number } días
}
months = { $plural ->
    [one] { $number } mes
    [many] { $number } de meses
   *[other] { $number } meses
}
