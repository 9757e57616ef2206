# La respuesta a un caso de negocio, en español.

money-millions = { $number } M { $code }
money-thousands = { $number } mil { $code }
money-units = { $number } { $code }
seconds-short = { $number } s
hours-short = { $number } h
options = { $plural ->
    [one] { $number } opción
   *[other] { $number } opciones
}
runs = { $plural ->
    [one] { $number } simulación
   *[other] { $number } simulaciones
}
rows = { $plural ->
    [one] { $number } fila
   *[other] { $number } filas
}
points = { $plural ->
    [one] { $number } punto
   *[other] { $number } puntos
}

basis = { $options } a lo largo de { $months }, { $runs }, semilla { $seed }, importes en { $currency }

## Quién

who-heading = ¿Quién debería atender estos contactos?
who = { $name } ({ $option }): la más barata en promedio de las que cumplen, y en el { $share } de las simulaciones.
who-today = { $name } ({ $option }): como hoy, la más barata en promedio de las que cumplen, y en el { $share } de las simulaciones.
who-nobody = Ninguna opción cumple: a cada una le falta algo de lo que pide decide.toml.
who-weights = La mejor según los pesos: { $option }, con { $score } de 100 puntos.
who-budget = El presupuesto se supera en el { $share } de sus simulaciones.
who-unknown = Aún no se sabe, aunque decide.toml lo exige: { $what }. Pregunte antes de elegir.
unknown-of = `{ $provider }`: { $must }

## Las opciones

sheet-answer = Respuesta
sheet-charges = Cargos
sheet-prices = Precios
sheet-uncertain = Incierto
options-heading = Las opciones
head-option = opción
head-rank = puesto
head-a-year = al año (P10–P90)
head-a-year-p10 = al año, P10
head-a-year-p90 = al año, P90
head-once = una vez
head-horizon = en total
head-present = en total, descontado
head-resolution = por resolución
head-contact = por contacto
head-in-time = a tiempo
head-over-five = más de 5 min
head-resolved = resueltos
head-cheapest = la más barata
head-over-budget = sobre el presupuesto
head-score = puntos
excluded = excluida
resolved-both = Resuelto: medido en { $measured }, supuesto en las demás.
resolved-assumed = Lo resuelto se supone: pida un piloto que lo mida.
resolved-measured = Lo resuelto se midió.
excluded-since = { $option } queda excluida: { $why }
excluded-ahead = costaría { $amount } menos que { $first }
in-time-kept = A tiempo: dentro del objetivo de la cola; en el conjunto de los meses, ninguna queda más de tres puntos por debajo del suyo.
in-time-missed = A tiempo: dentro del objetivo de la cola; por debajo del suyo: { $queues }.
queue-of-option = `{ $queue }` de { $option } ({ $share })
more-of-them = { $number } más

## El servicio

service-heading = El servicio
service-months-heading = El servicio por mes
head-worst-month = peor mes
head-queue = cola
head-target = objetivo
queue-and-target = { $queue } ({ $target })
head-offered = ofrecidos
head-abandoned = abandonados
head-wait = espera, s
head-occupancy = ocupación
head-agents = agentes
head-fte = FTE
head-missed = objetivo fallado en

## El dinero

money-heading = A dónde va el dinero
head-contracts = contratos
head-team = equipo propio
head-stays = permanece
head-stranded = sin uso
head-transition = transición
head-exit = salida
head-customers = clientes
head-total = total
months-heading = Por mes
head-month = mes
cash-heading = Pagos por mes
head-cost = coste
head-paid = pagado
head-paid-so-far = pagado hasta entonces

## Por qué

why-heading = Por qué
why-excluded = excluida; de otro modo, { $why }
why-today = { $cost } tal como se hace hoy, el { $share } de ello { $part }
why-below = { $amount } ({ $share }) menos que hoy
why-above = { $amount } ({ $share }) más que hoy
why-since = { $what }: { $why }
why-and = { $what }; { $more }
sentence = { $parts }.
saved-outweighs-added = ahorrar { $saved } pesa más que añadir { $added }
saved-does-not-outweigh-added = ahorrar { $saved } no compensa añadir { $added }
saved = ahorra { $saved }
added = añade { $added }
amount-of-part = { $amount } { $part }
part-team = del equipo propio
part-contracts = de contrato
part-stays = que permanecen en el comprador
part-stranded = pagados sin uso
part-transition = de transición
part-exit = por terminar los contratos de hoy
part-customers = de clientes perdidos
part-others = de otros costes
service-today = el { $service } atendido a tiempo
service-as-today = nivel de servicio como hoy
service-lower = nivel de servicio { $points } más bajo
service-higher = nivel de servicio { $points } más alto
earned-back = lo que cuesta empezar se recupera a finales de { $month }
hours-freed = libera { $hours } horas al año de { $what }
repeats-more = { $share } más contactos, pues sus equipos resuelven menos
repeats-fewer = { $share } menos contactos, pues sus equipos resuelven más
closed-more = { $share } más de los contactos encuentra cerrado
closed-fewer = { $share } menos de los contactos encuentra cerrado

begins-late = { $file } empieza el { $day }, después del comienzo del horizonte
ends-early = { $file } termina el { $day }, antes del final del horizonte
limit-below = { $measure } es { $value }, por debajo de { $limit }
limit-above = { $measure } es { $value }, por encima de { $limit }
measure-of = { $measure } de `{ $queue }`
measure-service-level = el nivel de servicio
measure-abandoned = la parte que cuelga
measure-speed-of-answer = la espera media
measure-over-five-minutes = la parte que espera más de cinco minutos
measure-resolved = la parte resuelta

agents = { $plural ->
    [one] { $number } agente
   *[other] { $number } agentes
}
peak = { $peak } es el mes de más trabajo: un contacto cuesta entonces { $cost }, y { $less } en { $quiet }, el más tranquilo
peak-hire-by = `{ $team }` necesita { $agents } en { $month } y al menos { $least }; la búsqueda debe empezar a más tardar el { $day }
peak-hire-not-said = `{ $team }` necesita { $agents } en { $month } y al menos { $least }; no se dice cuánto duran la contratación y la formación
peak-from-the-start = `{ $team }` necesita { $agents } desde el principio y al menos { $least }
mind = ojo: { $what }
below-next = { $amount } ({ $share }) menos que { $option }, la siguiente
mind-target-missed = `{ $queue }` atiende a tiempo el { $share }; su objetivo es { $target }
mind-out-of-reach = `{ $queue }` atiende a tiempo el { $share }; su objetivo es { $target }, y ningún número de agentes pasa del { $most }: los demás llegan cuando nadie trabaja en ellos durante más tiempo del que pueden esperar
mind-months-missed = `{ $queue }` atiende a tiempo el { $share } en { $month } (objetivo: { $target })
months-missed-more = { $plural ->
    [one] { $number } mes más de una cola queda igual de claramente por debajo
   *[other] { $number } meses más de colas quedan igual de claramente por debajo
}
mind-not-worked-off = de los clientes de la lista `{ $queue }` a los que se puede localizar, se localiza al { $share }: para los demás los agentes no encuentran tiempo
mind-unhandled = el { $share } de los contactos de `{ $queue }` llega cuando nadie la atiende
mind-left-out = { $file } deja sin precio { $rows } de la primera simulación: { $why }
left-out-no-provider = no nombran proveedor
left-out-outside-term = quedan fuera de su vigencia
left-out-unknown-quantity = no dicen cuánto se factura
left-out-other-program = son de un programa que no cubre
mind-not-simulated = `{ $charge }` de { $file } mira { $what }, que ninguna simulación tiene: añada un `[[cost]]` por lo que supondrá
not-simulated-reported = lo que se informa
not-simulated-sales = las ventas
not-simulated-leads = los clientes potenciales (leads)
not-simulated-appointments = las citas
not-simulated-approvals = las aprobaciones
mind-nobody-reopens = `{ $charge }` de { $file } factura todo lo resuelto: los clientes simulados a quienes se ayudó no vuelven
mind-bills-nothing = `{ $charge }` de { $file } no factura nada en ninguna simulación: ¿selecciona lo que llega aquí?
mind-unmeasured = `{ $term }` de { $file } no se mide en una simulación: ni sus créditos ni sus bonos están en el coste
mind-outside = «{ $what }» vence { $side } del horizonte y no está en el coste
mind-outside-of-file = `{ $what }` de { $file } vence { $side } del horizonte y no está en el coste
side-before = antes
side-after = después
mind-looks-back = { $charges } de { $file } { $many ->
    [one] depende
   *[other] dependen
} de meses anteriores al horizonte, que se toman como sin uso alguno
mind-other-zone = { $file } cuenta días y meses en { $zone }, el caso en { $case }: contactos cercanos a la medianoche pueden quedar fuera
mind-pool-by-agent = { $file } factura horas o agentes de un equipo compartido, que no tiene horario propio
mind-nobody-reaches = ningún contacto de `{ $queue }` llega a `{ $team }`: otras vías los toman todos antes
mind-overtaken = en { $runs } de { $of } simulaciones cuesta más que «{ $behind }», que está detrás

## Proveedores

providers-heading = Los proveedores
head-provider = proveedor
head-provider-agents = agentes
head-our-agents = de ellos, nuestros
head-our-share = nuestra parte
head-growth = puede sumar al mes
head-takes-from = acepta desde, al mes
head-hours = horario
head-languages = idiomas
head-certifications = certificaciones
head-since = desde
head-references = referencias
head-recovery = se recupera en
head-reporting = informes
none = ninguna
providers-not-known = No se sabe de ninguno: { $what }.
not-known = no se sabe
volume-contacts = { $number } contactos
volume-minutes = { $number } minutos
volume-agents = { $number } agentes
reporting-counts = recuentos
reporting-real-time = tiempo real
reporting-recordings = grabaciones
must-has = la certificación { $certification }
must-speaks = el idioma { $language }
must-open = trabajar { $hours }
must-reports = informes con la profundidad de { $depth }
must-at-least = al menos { $limit } { $figure }
must-at-most = como mucho { $limit } { $figure }
provider-years = años de actividad
provider-references = referencias
provider-agents = agentes en plantilla
provider-growth = agentes nuevos al mes
provider-recovery = hasta volver a funcionar
provider-our-share = de sus agentes para nosotros
lacks = `{ $provider }` no ofrece lo que se exige: { $must }
lacks-figure = `{ $provider }` no ofrece lo que se exige, { $must }: tiene { $value }
mind-not-known = no se sabe si `{ $provider }` ofrece { $must }, y decide.toml lo exige
misfit-too-small = `{ $provider }` es pequeño para esto: { $ours } de sus { $all } agentes serían nuestros ({ $share }; hasta { $limit } es sano)
misfit-too-large = `{ $provider }` es grande para esto: { $ours } de sus { $all } agentes serían nuestros ({ $share }; a partir de { $limit } se cuida a un cliente)
misfit-grows-slowly = `{ $provider }` puede sumar { $growth } agentes al mes; { $month } pide { $needed } más que el mes anterior
misfit-below-minimum = `{ $provider }` acepta programas desde { $asked } al mes; { $month } tiene { $comes }
mind-minimum-unused = no se alcanza el mínimo `{ $minimum }` de { $file }: se pagan { $amount } por nada a lo largo del horizonte

## Qué lo cambia

flips-heading = Qué cambiaría la respuesta
flip-nothing = Nada de lo probado pone otra opción en primer lugar.
flip-more-contacts = { $option } es más barata por encima de { $contacts } contactos al año (el { $share } del plan)
flip-fewer-contacts = { $option } es más barata por debajo de { $contacts } contactos al año (el { $share } del plan)
flip-more-too = { $option } por encima de { $contacts } (el { $share })
flip-fewer-too = { $option } por debajo de { $contacts } (el { $share })
flip-figure = { $option } es la más barata si { $figures }.
flip-figure-at = { $figure } queda en el { $share } del plan
flip-figure-too = { $figure } en el { $share }
flip-stays = { $option } sigue siendo la más barata hasta que { $prices }.
flip-own-price = su contrato cueste un { $share } más
flip-other-price = el contrato de { $option } cueste un { $share } menos
flip-other-price-too = el de { $option } un { $share } menos
worth-knowing = Conocer { $figure } antes de elegir vale hasta { $amount }: mídalo en un piloto.

figures-heading = Qué es incierto, según lo que hace a { $option }
head-figure = cifra
head-from = desde
head-to = hasta
head-then-low = coste si es bajo
head-then-high = coste si es alto
figure-volume = el volumen
figure-handle-time = el tiempo de gestión
figure-resolved = la parte resuelta
figure-turnover = la rotación
figure-growth = la subida de los precios
figure-exchange-rate = el tipo de cambio
figure-outages = la frecuencia de las caídas del servicio
figure-outage-length = la duración de las caídas del servicio
figure-of = { $figure } de `{ $of }`

## Qué hacer

negotiate-heading = Qué negociar
negotiate-nothing = En el contrato de { $option } no se halló nada caro ni peligroso.
assumed-heading = Qué se supuso
head-what = qué
head-value = valor
head-source = fuente
next-heading = Después
next-explain = el contrato en palabras sencillas
next-draft = escribe los contratos y opciones en borrador, para leerlos y cambiarlos
next-sheet = el libro que se envía a más oferentes
next-rest = el resto, con gráficos: avisos ({ $minds }), cláusulas ({ $clauses }), supuestos ({ $assumptions })

## Cláusulas

head-clause = cláusula
head-contract = contrato
head-cost-a-year = coste al año
head-at-risk = en riesgo
head-code = código
clause-cost = { $amount } al año
clause-risk = { $amount } en riesgo
clause-line = { $option }: { $cost }: { $what } ({ $where })
clause-unpriced = { $option }: { $what } ({ $where })
clause-L001 = `{ $term }` factura cada minuto empezado, o pasos más largos
clause-L002 = `{ $term }` factura tiempo en que nadie trabaja para el cliente
clause-L003 = `{ $term }` factura un tiempo o importe mínimo por contacto además del trabajo posterior
clause-L004 = `{ $term }` se factura junto a un precio que ya contiene la gestión
clause-L005 = `{ $term }` supera lo que da el volumen: el resto se paga por nada
clause-L006 = las unidades no usadas de `{ $term }` caducan a fin de mes
clause-L007 = `{ $term }` se factura cada 28 días, trece veces al año
clause-L008 = no hay salida sin causa, o solo tras un preaviso largo
clause-L009 = los estándares incumplidos no permiten terminarlo
clause-L010 = se renueva solo
clause-L011 = los registros originales no son suyos: nada puede comprobarse
clause-L012 = no se promete nivel de servicio, o nada sigue de incumplirlo
clause-L013 = `{ $term }` puede calcularse de varias maneras: no dice cuál
clause-L014 = `{ $term }` hace del tiempo de gestión un objetivo
clause-L015 = los créditos tienen un tope tan bajo que incumplir cuesta poco al proveedor
clause-L016 = los precios pueden subir sin un tope que cuente
clause-L017 = usted carga con lo que se mueva la moneda
clause-L018 = { $term } que no se recupera
clause-L019 = se paga antes de usarse, o como depósito
clause-L020 = `{ $term }` factura la formación de quienes reemplazan a los que se van
clause-L021 = `{ $term }` está fuera de lo que pagan otros

## Supuestos

assumed-by-effect = En qué se apoya { $option }, según lo que hace a su coste
assumed-by-effect-known = En qué se apoya { $option }, según lo que hace a su coste; supuestos cuyo efecto no se sabe: { $unknown }
head-effect = efecto en el coste
effect-swing = ±{ $amount }
assumed-line = { $effect }: { $what } ({ $value })
assumed-of = { $of }: { $what }
assumed-range = cuánto puede desviarse { $figure }
assumed-patience = paciencia media
assumed-spread = dispersión de los tiempos de gestión (desviación típica entre media)
assumed-busyness = variación del volumen de un día a otro más allá del azar
assumed-busyness-measured = variación diaria, estimada más allá del día de la semana y del azar
assumed-shrinkage = tiempo pagado fuera de los contactos (shrinkage)
assumed-shift-inefficiency = ineficiencia de los turnos
assumed-hours-a-month = horas pagadas al mes de un agente a jornada completa
assumed-turnover = parte de los agentes que se va en un año
assumed-resolved = parte de los contactos resueltos
assumed-talk = tiempo medio de conversación
assumed-wrap = tiempo medio de trabajo posterior
assumed-handle-factors = conversación, retención y trabajo posterior respecto al programa
assumed-staffed = agentes respecto a lo que pide el objetivo
assumed-pool-share = nuestra parte del trabajo del equipo compartido
assumed-pool-hours = cuándo llaman los clientes de otros al equipo
assumed-holidays = abierto en festivos que ninguna regla da
assumed-promise = servicio prometido
assumed-traffic = volumen, perfil y tiempos de gestión
assumed-history = volumen y perfil
assumed-season = temporada
assumed-returns = clientes que vuelven con la pregunta abierta
assumed-hours = horario
assumed-profile = perfil del día y de la semana
assumed-exchange-rate = lo que vale una unidad al comienzo
assumed-growth = crecimiento en un año
assumed-customers-hung-up = clientes perdidos de los que cuelgan, y lo que vale uno
assumed-customers-lost = clientes perdidos de los que esperaron más de cinco minutos, y lo que vale uno
assumed-phone-hours = horas al teléfono
assumed-paid-hours = horas pagadas
assumed-paid-above-least = horas pagadas por encima del mínimo posible
assumed-register = agentes en plantilla
assumed-paid = cuándo se paga una factura
assumed-tax-back = impuesto que el Estado devuelve
assumed-least-share = parte de los agentes de un proveedor, como mínimo
assumed-most-share = parte de los agentes de un proveedor, como máximo
assumed-ends = cuándo termina el contrato de hoy
assumed-owed = lo que se debe hasta que termina
assumed-help = ayuda para el traslado
assumed-calls-again = quien vuelve a llamar
assumed-hangs-up = quien cuelga
assumed-differs = lo que difiere entre simulaciones
assumed-speed = rapidez de los agentes
assumed-contained = contactos que una máquina atiende hasta el final
assumed-outages = caídas del servicio
assumed-absence = días de ausencia sin sustituto
assumed-vacant = días que un puesto queda vacante
assumed-learning = tiempo de gestión de quien es nuevo
assumed-slowdown = cuánto más dura un chat con uno, dos, … a la vez
assumed-chats-at-once = chats a la vez
assumed-corrected = agentes respecto de lo que dice la fórmula

## Precios

prices-heading = Los precios, junto a lo que deberían costar
head-charge = cargo
head-price = precio
head-should = debería costar
head-market = pagan otros
head-difference = diferencia
head-drivers = qué lo mueve
head-unit = unidad
unit-minute = el minuto
unit-hour = la hora
unit-agent-month = el mes de un agente
price-within = dentro de ello
price-above = { $difference } de más
price-below = faltan { $difference }: pregunte qué se dejó fuera
price-line = { $option } pide { $price } { $code } { $unit } y debería costar { $low }–{ $high } { $code }: { $verdict }
prices-within = { $plural ->
    [one] Lo que pide { $number } oferta está dentro de lo que debería costar
   *[other] Lo que piden { $number } ofertas está dentro de lo que deberían costar
}
prices-within-too = { $plural ->
    [one] { $number } precio más está dentro de lo que debería costar
   *[other] { $number } precios más están dentro de lo que deberían costar
}
prices-outside-more = { $plural ->
    [one] { $number } precio más queda fuera de lo que debería costar: en la página
   *[other] { $number } precios más quedan fuera de lo que deberían costar: en la página
}
drivers-shared = agentes compartidos, nuestro el { $share } de su trabajo
drivers-dedicated = agentes solo para nosotros
drivers-nights = { $share } de las horas de noche allí
price-pay = salario
price-bonus = primas
price-nights = noches
price-languages = idiomas
price-taxes-and-benefits = impuestos y prestaciones
price-paid-and-not-at-work = pagado y no trabajado
price-supervision = supervisión
price-support-functions = funciones de apoyo
price-facilities-and-technology = instalaciones y tecnología
price-bandwidth-and-telephony = líneas y telefonía
price-margin = margen
price-compensation = salario, impuestos y prestaciones
price-facilities = instalaciones y líneas
chart-prices = De qué debería componerse cada precio, como parte de lo que se pide: barras en medio del intervalo

## Gráficos

chart-cost = Coste de cada opción; la línea fina va de P10 a P90
chart-parts = A dónde va el dinero
chart-figures = Qué hace cada cifra incierta al coste de { $option }
chart-volume = Coste según el volumen: donde las líneas se cruzan, otra opción es más barata
chart-months = Coste de { $option } por mes
axis-of-plan = contactos, respecto al plan
as-table = como tabla
made-by = Longshore { $version }, semilla { $seed }
