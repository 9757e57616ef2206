# Numbers, money and time, as American English writes them.

money = { $code } { $number }
percent = { $number }%
about = about { $what }
quoted = “{ $text }”

list-and = { $first } and { $last }
list-and-before-i = { $first } and { $last }
list-or = { $first } or { $last }
list-or-before-o = { $first } or { $last }

date = { $month } { $day }, { $year }
month-of-year = { $month } { $year }
january = January
february = February
march = March
april = April
may = May
june = June
july = July
august = August
september = September
october = October
november = November
december = December
monday = Monday
tuesday = Tuesday
wednesday = Wednesday
thursday = Thursday
friday = Friday
saturday = Saturday
sunday = Sunday

milliseconds = { $plural ->
    [one] { $number } millisecond
   *[other] { $number } milliseconds
}
seconds = { $plural ->
    [one] { $number } second
   *[other] { $number } seconds
}
minutes = { $plural ->
    [one] { $number } minute
   *[other] { $number } minutes
}
hours = { $plural ->
    [one] { $number } hour
   *[other] { $number } hours
}
days = { $plural ->
    [one] { $number } day
   *[other] { $number } days
}
months = { $plural ->
    [one] { $number } month
   *[other] { $number } months
}
