### Cargos: qué se cuenta, cuánto cuesta y un caso con cifras.

heading-charges = Qué se factura

## Qué se cuenta

counts-contacts = Cada contacto cuenta como uno.
counts-legs = Cada paso de un contacto por una cola o un agente (leg) cuenta como uno.
counts-time = De cada contacto se factura este tiempo: { $parts }.
counts-time-of-leg = De cada paso de un contacto por una cola o un agente (leg) se factura este tiempo: { $parts }.
counts-agent-time = Se factura el tiempo de trabajo de los agentes tal como lo registraron los sistemas.
counts-overtime = Se facturan las horas extraordinarias (overtime): lo que un agente trabaja más allá de { $time } en una semana. Las semanas empiezan en { $day }, también cuando pasan de un mes a otro.
counts-requested = Se facturan las horas de agente que el comprador solicitó (requested).
counts-scheduled = Se facturan las horas de agente que el proveedor programó (scheduled).
counts-productive = Se facturan las horas en que los agentes estuvieron disponibles o trabajando (productive).
counts-lesser = En cada intervalo de { $per } se factura la menor de estas cifras (lesser of): { $hours }.
counts-greater = En cada intervalo de { $per } se factura la mayor de estas cifras (greater of): { $hours }.
counts-at-most = En cada intervalo no se factura más del { $share } { $hours }.
counts-agent-days = Cada agente en la plantilla del proveedor se factura por meses; de quien está solo una parte del mes se facturan esos días (prorated).
counts-agent-months = Cada agente en la plantilla del proveedor se factura por meses; de quien está solo una parte del mes se factura el mes entero.
counts-resolutions = Cada contacto que resuelve el asunto del cliente (resolution) cuenta como uno.
counts-sales = Cada contacto con una venta cuenta como uno.
counts-sale-amounts = El proveedor cobra una comisión por lo que vende.
counts-leads = Cada cliente potencial conseguido (lead) cuenta como uno.
counts-appointments = Cada cita concertada cuenta como una.
counts-reported = Lo que el proveedor comunica se factura por unidades.
counts-costs = Se trasladan al comprador los costos que el proveedor paga por cuenta de este.
reopened-within = Un contacto no cuenta si el cliente vuelve con el mismo asunto en un plazo de { $time }; hasta que pase ese plazo, el mes es provisional.
evidence = Solo se factura lo que va acompañado de un justificante (evidence).

steps-exact = El tiempo se factura al milisegundo.
steps-then = El tiempo se factura en fracciones de { $then } (increments); una fracción iniciada se factura entera.
steps-first = El mínimo facturado por { $row ->
    [leg] etapa (leg)
   *[contact] contacto
} es de { $first }; lo que exceda se factura al milisegundo.
steps-first-then = El mínimo facturado por { $row ->
    [leg] etapa (leg)
   *[contact] contacto
} es de { $first }; lo que exceda se factura en fracciones de { $then } (increments); una fracción iniciada se factura entera.
free-up-to = { $row ->
    [leg] Una etapa (leg) de no más de { $time } es gratuita
   *[contact] Un contacto de no más de { $time } es gratuito
} y no se cuenta.
free-first = El comienzo de cada { $row ->
    [leg] etapa (leg)
   *[contact] contacto
} es gratuito: { $time }.
extra = Al tiempo de cada { $row ->
    [leg] etapa (leg) facturada
   *[contact] contacto facturado
} se le suma: { $time }.

## Cuánto cuesta una unidad

price = El precio es de { $price }.
commission = La comisión es del { $share } del importe vendido.
costs-as-they-are = Se facturan tal cual, sin margen.
costs-with-markup = Se facturan con un margen (markup) del { $share }.
of-price = El precio es el { $share } del precio de lista de { $charge }.
of-price-of-month = El precio es el { $share } del precio que se aplicó a { $charge } en el mes.

bands-month = El precio depende del volumen del mes (tramos, tiers).
bands-quarter = El precio depende del volumen acumulado en un trimestre del contrato (tramos, tiers).
bands-year = El precio depende del volumen acumulado en un año del contrato (tramos, tiers).
bands-term = El precio depende del volumen acumulado en toda la vigencia del contrato (tramos, tiers).
bands-by-agents = El precio depende de cuántos agentes hay en la plantilla del proveedor, en promedio del mes (tramos, tiers).
tiers-graduated = Cada unidad cuesta el precio del tramo en que cae (graduated), y alcanzar un tramo nuevo no cambia nada para las unidades anteriores:
tiers-volume-month = El tramo que alcanza el mes fija el precio de todas las unidades del mes, desde la primera (volume):
tiers-volume-quarter = El tramo que alcanza el trimestre fija el precio de todas las unidades del trimestre, desde la primera (volume):
tiers-volume-year = El tramo que alcanza el año fija el precio de todas las unidades del año, desde la primera (volume):
tiers-volume-term = El tramo que alcanza el contrato fija el precio de todas las unidades de la vigencia, desde la primera (volume):
tiers-stair-step = El tramo alcanzado cuesta un solo importe, por mucho o poco que se use dentro de él (stair-step):
rebate-for-earlier-months = Cuando se alcanza un tramo más barato, lo pagado de más en los meses anteriores del periodo se devuelve en ese mes (rebate).
band = { $range }: { $price }
units-first = { $gender ->
    [feminine] las primeras
   *[masculine] los primeros
} { $to }
units-next = de { $from } a { $to }
units-beyond = todo lo que pase de { $from }
range-all = cualquier volumen
range-below = menos { $kind ->
    [share] del
   *[number] de
} { $to }
range-up-to = hasta { $kind ->
    [share] el { $to }
   *[number] { $to }
}
range-from = { $from } o más
range-over = más { $kind ->
    [share] del
   *[number] de
} { $from }
range-from-below = { $from } o más, pero menos { $kind ->
    [share] del
   *[number] de
} { $to }
range-from-up-to = { $from } o más, hasta { $kind ->
    [share] el { $to }
   *[number] { $to }
}
range-over-below = más { $kind ->
    [share] del { $from }, pero menos del
   *[number] de { $from }, pero menos de
} { $to }
range-over-up-to = más { $kind ->
    [share] del { $from }, hasta el { $to }
   *[number] de { $from }, hasta { $to }
}
in-all = { $amount } en total
price-block = { $price } por cada bloque de { $size } ({ $partial })
block-up = un bloque empezado se factura entero
block-down = un bloque incompleto no se factura
block-nearest = un bloque incompleto se factura si se ha usado al menos la mitad
band-fee = más un importe fijo de { $amount }
band-fee-first = El importe fijo del primer tramo se debe aunque no se use nada.
band-fee-due = El importe fijo de un tramo se debe en cuanto el volumen lo alcanza.
band-fee-reached = El importe fijo que se debe es solo el del tramo que alcanza el volumen.
band-fee-alone = un importe fijo de { $amount }
band-at-most = como máximo { $amount } por estas unidades
scope-program = Cada programa se cuenta por separado y recorre los tramos por su cuenta.
scope-site = Cada sede se cuenta por separado y recorre los tramos por su cuenta.
cliff-down = Atención al límite: el total es de { $below } por { $less }, pero de { $above } por { $more }. Usar más puede costar menos en total.
cliff-up = Atención al límite: el total es de { $below } por { $less } y de { $above } por { $more }.
example-by-agents = Por ejemplo, el total por { $quantity } es de { $below } con { $less } y de { $above } con { $more }.

lengths-part = El precio depende de la duración de cada contacto; cada parte cuesta su propio precio:
lengths-whole = El precio depende de la duración de cada contacto; la parte a la que llega fija el precio de todo él:
length = { $range }: { $price }, en fracciones de { $then }
length-all = cualquier duración
length-first = hasta { $to }
length-next = de { $from } a { $to }
length-beyond = más de { $from }

## Unidades incluidas, importes fijos, límites

included = Incluido sin costo cada mes (included): { $quantity }.
included-lapse = Lo que no se use hasta el fin del mes se pierde.
included-rollover = Lo que no se use se conserva durante { $months } más (rollover) y se gasta primero; después se pierde.
included-pooled = Todos los programas o sedes lo comparten (pooled).
included-apart = Cada programa o sede tiene lo suyo.
included-first = Lo gratuito son las primeras unidades del mes.
included-proportional = Se reparte por igual entre todas las unidades del mes.
included-cheapest = Lo gratuito son las unidades de menor recargo.
included-by-day = Un mes que solo está en parte dentro de la vigencia tiene la parte que corresponde a sus días (prorated).
included-whole = Un mes que solo está en parte dentro de la vigencia lo tiene entero.
fee = Conlleva un importe fijo de { $amount } al mes, se use o no.
part-by-day = Un mes que solo está en parte dentro de la vigencia cuesta lo que corresponde a sus días (prorated).
part-whole = Un mes que solo está en parte dentro de la vigencia cuesta lo mismo que uno entero.
connect-fee-contact = Cada contacto facturado cuesta además { $amount } (connect fee).
connect-fee-leg = Cada etapa (leg) facturada cuesta además { $amount } (connect fee).
each-at-least-contact = Cada contacto cuesta como mínimo { $amount }, recargos incluidos.
each-at-least-leg = Cada etapa (leg) cuesta como mínimo { $amount }, recargos incluidos.
each-at-least-sale = Cada contacto con una venta cuesta como mínimo { $amount }.
each-at-most-contact = Cada contacto cuesta como máximo { $amount }, recargos incluidos.
each-at-most-leg = Cada etapa (leg) cuesta como máximo { $amount }, recargos incluidos.
each-at-most-sale = Cada contacto con una venta cuesta como máximo { $amount }.
limits-month = Sobre la línea del mes: { $limits }.
limits-quarter = Sobre las líneas de un trimestre del contrato en conjunto: { $limits }.
limits-year = Sobre las líneas de un año del contrato en conjunto: { $limits }.
limits-term = Sobre las líneas de toda la vigencia en conjunto: { $limits }.
limits-in-order = Se aplican en este orden.
limit-discount = un descuento del { $value }
limit-cap = como máximo { $value } (cap)
limit-minimum = como mínimo { $value } (minimum), aunque no se use nada
refund = Si un agente se va en un plazo de { $days } después de ese tiempo, este se devuelve al precio al que se facturó, en el mes en que el agente se va (refund).
rounded-itself = Este cargo se redondea por su cuenta: { $rule }.

## Recargos

surcharges = A ciertas horas se añade un recargo (surcharge):
surcharge = { $calendar } ({ $times }): { $share } { $base }
surcharge-base-only = más, es decir, { $price }
surcharge-base-list = del precio del primer tramo, es decir, { $price }
surcharge-base-price = del precio
surcharge-base-marginal = del precio que la propia unidad cuesta en su tramo
surcharge-base-average = de lo que cuestan en promedio las unidades del mes
surcharges-add = Si coinciden varios, se suman.
surcharges-highest = Si coinciden varios, solo cuenta el más alto.
across-agent-time = El tiempo de los agentes se corta donde tal horario empieza o termina.
across-schedule = Decide el comienzo de cada intervalo del horario.
across-arrived = Decide para todo el contacto el momento en que llega.
across-offered = Decide para todo el contacto el momento en que se ofrece a una cola.
across-answered = Decide para todo el contacto el momento en que se atiende.
across-ended = Decide para todo el contacto el momento en que termina.
across-split = Un contacto en el que tal horario empieza o termina se divide ahí; cada parte tiene su propio precio.
across-split-some = Para { $calendars } se divide ahí; cada parte tiene su propio precio.

## Importes

flat = { $amount } al mes, se use algo o no.
four-weekly = { $amount } cada 28 días, contados desde el primer día del contrato, en el mes en que empieza cada periodo: trece veces en un año de 52 semanas, es decir, { $year }.
once = { $amount } una sola vez, con vencimiento el { $date }.
ratio = Por cada { $per } de { $of }, el comprador paga { $one }.
ratio-up = Una parte empezada cuenta como entera.
ratio-down = Una parte incompleta no cuenta.
ratio-nearest = Una parte cuenta como entera a partir de la mitad.
ratio-exact = Una parte se factura como parte.
share = El comprador paga el { $share } de lo que suman estas líneas: { $charges }.

## Ejemplos

example-contact = Por ejemplo, un contacto con { $time } de este tiempo se factura como { $billed } ({ $quantity }) y cuesta { $amount }.
example-contact-plain = Por ejemplo, un contacto con { $time } de este tiempo se factura como { $billed } y cuesta { $amount }.
example-leg-plain = Por ejemplo, una etapa (leg) con { $time } de este tiempo se factura como { $billed } y cuesta { $amount }.
example-leg = Por ejemplo, una etapa (leg) con { $time } de este tiempo se factura como { $billed } ({ $quantity }) y cuesta { $amount }.
example-surcharged = En { $calendar }, lo mismo cuesta { $amount }.
example-length = Por ejemplo, un contacto de { $time } cuesta { $amount }.
example-month = Por ejemplo, por { $quantity } en un mes el comprador paga { $amount }.
example-month-contacts = Por ejemplo, por { $contacts } de { $time }, en total { $quantity } en un mes, el comprador paga { $amount }.
example-month-surcharged = Si todo cae en { $calendar }, son { $amount }.
example-agent-days = Por ejemplo, un agente que está { $days } de { $month } en la plantilla cuesta { $amount }.
example-sale = Por ejemplo, por una venta de { $sale } el proveedor cobra { $amount }.
example-cost = Por ejemplo, unos costos de { $cost } se facturan por { $amount }.
example-refund = Por ejemplo, si se facturan { $quantity } y esos agentes se van al mes siguiente, el proveedor devuelve { $amount }.
example-ratio = Por ejemplo, con { $base } resultan { $quantity }, y el comprador paga { $amount }.
example-share = Por ejemplo, en un mes en que estas líneas suman { $base }, son { $amount }.
example-part = Por ejemplo, un mes del que solo { $days } están dentro de la vigencia cuesta { $amount }.
example-once = Por ejemplo, la factura de { $month } lleva una línea de { $amount }; ninguna otra la lleva.
example-four-weekly = Por ejemplo, la factura de { $month } lleva una línea de { $amount }.

## Redondeo

round-half-up = al múltiplo más próximo de { $step }, las mitades alejándose de cero, { $at }
round-half-even = al múltiplo más próximo de { $step }, las mitades al múltiplo par, { $at }
round-up = hacia arriba, al siguiente múltiplo de { $step }, { $at }
round-down = hacia abajo, al múltiplo anterior de { $step }, { $at }
round-at-contact = en cada contacto (lo que no cuenta contactos, una vez en su línea)
round-at-line = una vez en cada línea
round-at-invoice = una sola vez, en el total de la factura
