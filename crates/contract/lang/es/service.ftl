### Nivel de servicio: qué se mide, qué se promete, qué pasa si no se cumple.

heading-service = El servicio prometido (SLA)

measured = Se mide: { $name }, es decir, { $says }.
measured-only = Solo se miden los contactos que cumplen todo esto — { $criteria }.
measured-without = Queda fuera de la medición: { $what }.
measured-over-month = Se mide mes a mes.
measured-over-quarter = Se mide por trimestres del contrato y se liquida en el último mes de cada uno.
measured-over-year = Se mide por años del contrato y se liquida en el último mes de cada uno.
measured-over-term = Se mide en toda la vigencia y se liquida en su último mes.
short-abandons = Quedan fuera quienes cuelgan en { $time } o menos.
short-abandons-count = Quienes cuelgan enseguida cuentan como los demás.
choices = El propio contrato fija estos puntos — { $choices }.
target-at-least = El objetivo es { $kind ->
    [share] del
   *[number] de
} { $level } como mínimo.
target-at-most = El objetivo es { $kind ->
    [share] del
   *[number] de
} { $level } como máximo.
grace = Al principio un incumplimiento no tiene consecuencias (grace): { $months }.
relief = Un incumplimiento se disculpa (relief) en un mes con { $condition }.
credits = Si no se alcanza el objetivo, el proveedor abona al comprador un crédito por servicio (service credit):
band-worse-below = por debajo { $kind ->
    [share] del
   *[number] de
} { $level }: { $pays }
band-worse-above = por encima { $kind ->
    [share] del
   *[number] de
} { $level }: { $pays }
band-better-above = por encima { $kind ->
    [share] del
   *[number] de
} { $level }: { $pays }
band-better-below = por debajo { $kind ->
    [share] del
   *[number] de
} { $level }: { $pays }
deepest-alone = Solo cuenta el escalón más grave que se alcanza.
furthest-alone = Solo cuenta el escalón más favorable que se alcanza.
pays-share = { $share } de los cargos afectados
pays-share-at-risk = { $share } de la parte de este compromiso en el importe en riesgo (amount at risk)
linear = Como crédito por servicio (service credit), el proveedor abona al comprador un { $pays } por cada paso completo de { $step } que separe el resultado del objetivo.
linear-at-most = Eso suma como máximo el { $share }.
weight = La parte de este compromiso (weight) es el { $share } del importe en riesgo.
affected = Los cargos afectados, con lo facturado por ellos { $in }: { $charges }.
repeat = Si el objetivo se ha incumplido { $misses } o más en { $months }, contando este, el crédito se multiplica por { $times } (repeat failure).
repeat-points = Si el objetivo se ha incumplido { $misses } o más en { $months }, contando este, los puntos se multiplican por { $times } (repeat failure).
earn-back = Si después el objetivo se cumple durante { $months } sin interrupción, el proveedor recupera el crédito (earn-back).
bonuses = Por un servicio mejor que el prometido, el comprador paga al proveedor una prima (bonus):
right-each-miss = Con cada incumplimiento el comprador adquiere este derecho: { $what }.
right-after-misses = Si el objetivo se incumple { $misses } en { $months }, el comprador adquiere este derecho: { $what }.
duty-each-miss = Con cada incumplimiento el proveedor debe hacer esto: { $what }.
duty-after-misses = Si el objetivo se incumple { $misses } en { $months }, el proveedor debe hacer esto: { $what }.
no-consequence = Incumplirlo no tiene consecuencias.
example-credit = Por ejemplo, si { $in } se llega { $kind ->
    [share] al
   *[number] a
} { $value } y los cargos afectados suman { $base }, el proveedor abona { $amount }.
example-credit-capped = Por ejemplo, si { $in } se llega { $kind ->
    [share] al
   *[number] a
} { $value } y los cargos afectados suman { $base }, el proveedor abona { $amount }; sin el límite del importe en riesgo serían { $uncapped }.
example-bonus = Por ejemplo, si { $in } se llega { $kind ->
    [share] al
   *[number] a
} { $value } y los cargos afectados suman { $base }, la prima es de { $amount }.
at-risk-heading = Importe en riesgo (amount at risk)
at-risk = En un mes cualquiera, todos los créditos por servicio juntos suman como máximo el { $share } de los cargos afectados (amount at risk).
points-each = Los puntos le cuestan al proveedor:
points-bands = Los puntos de un mes le cuestan al proveedor una parte de los cargos afectados:
point-all = cada punto: { $price }
point-band = puntos { $from } a { $to }: { $price } cada uno
point-beyond = cada punto por encima de { $from }: { $price }
points-band = { $points } o más: { $share }
example-at-risk = Por ejemplo, donde los cargos afectados suman { $base }, los créditos se quedan en { $amount }, por malo que haya sido el mes.

choice-clock-start = el reloj empieza con
choice-clock-stop = el reloj se para con
choice-calendar = horas
choice-population = a quién se mira
choice-numerator = qué se cuenta
choice-denominator = sobre qué total
choice-attribution = un contacto pertenece a
choice-rounding = redondeo
choice-empty = si no hay nada que medir
choice-aggregation = se reúne como
choice-clock-start-arrival = la llegada
choice-clock-start-offer = la oferta a la cola
choice-clock-start-answer = la respuesta
choice-clock-start-creation = la creación del mensaje
choice-clock-stop-answer = la respuesta
choice-clock-stop-exit = la salida de la cola
choice-clock-stop-end = el final
choice-clock-stop-first-reply = la primera respuesta
choice-clock-stop-solution = la solución
choice-calendar-always = siempre
choice-attribution-arrival = la hora de su llegada
choice-attribution-event = la hora del suceso
choice-rounding-none = ninguno
choice-empty-not-measured = no se mide
choice-empty-met = se da por cumplido
choice-empty-missed = se da por incumplido
choice-aggregation-pooled = todos los contactos del periodo juntos (pooled)
choice-aggregation-mean-of-days = la media de los días
choice-aggregation-mean-of-intervals = la media de los intervalos
choice-aggregation-share-of-days-met = la proporción de días que cumplieron
choice-aggregation-share-of-intervals-met = la proporción de intervalos que cumplieron

measure-service-level-answered = de los contactos atendidos, la proporción atendida en { $threshold }
    .name = el nivel de servicio (service level) de los atendidos
measure-service-level-abandons-met = de los contactos atendidos y abandonados, la proporción atendida o abandonada en { $threshold }
    .name = el nivel de servicio (service level) que da por cumplidos los abandonos tempranos
measure-service-level-abandons-ignored = de los contactos atendidos y abandonados, sin los abandonados en { $threshold }, la proporción atendida en ese tiempo
    .name = el nivel de servicio (service level) sin los abandonos tempranos
measure-service-level-offered = de los contactos atendidos y abandonados, la proporción atendida en { $threshold }
    .name = el nivel de servicio (service level) de los ofrecidos
measure-service-level-with-flow-outs = de todos los contactos que entraron en la cola, también los que salieron con una tecla o fueron desviados, la proporción atendida en { $threshold }
    .name = el nivel de servicio (service level) con los desvíos (flow-outs)
measure-service-level-with-blocked = de todos los intentos, también los bloqueados, la proporción atendida en { $threshold }
    .name = el nivel de servicio (service level) con los intentos bloqueados
measure-abandonment = de los contactos atendidos y abandonados, la proporción abandonada
    .name = la tasa de abandono (abandonment rate)
measure-abandonment-timed-out-too = de todos los contactos que entraron en la cola, la proporción abandonada o despedida tras una espera larga
    .name = la tasa de abandono (abandonment rate) con los tiempos agotados
measure-blocked = de todos los intentos, la proporción que no llegó a ninguna cola
    .name = la tasa de bloqueo (blocked rate)
measure-speed-of-answer = la espera media de los contactos atendidos
    .name = el tiempo medio de respuesta (ASA)
measure-speed-of-answer-all-waiting = la espera media de todos los contactos que entraron en la cola
    .name = el tiempo medio de respuesta (ASA) de todos los que esperaron
measure-speed-of-answer-with-ring = la espera media de los contactos atendidos, incluido el timbre en el puesto del agente
    .name = el tiempo medio de respuesta (ASA) con el timbre
measure-handle-time = la media de conversación, espera en línea y trabajo posterior de los contactos atendidos
    .name = el tiempo medio de gestión (AHT)
measure-handle-time-without-wrap = la media de conversación y espera en línea de los contactos atendidos
    .name = el tiempo medio de gestión (AHT) sin el trabajo posterior
measure-resolution = de los contactos atendidos, la proporción marcada como resuelta
    .name = la tasa de resolución (resolution rate)
measure-resolution-no-repeat = de los contactos atendidos, la proporción cuyo cliente no volvió en { $within }
    .name = la resolución en el primer contacto (first contact resolution)
measure-repeat = de los contactos atendidos, la proporción cuyo cliente volvió en { $within }
    .name = la tasa de repetición (repeat rate)
measure-transfer = de los contactos atendidos, la proporción pasada a otra persona
    .name = la tasa de transferencia (transfer rate)
measure-first-reply = el tiempo medio desde la creación de un mensaje hasta la primera respuesta de una persona
    .name = el tiempo hasta la primera respuesta (first reply)
measure-first-reply-in-time = de todos los mensajes, la proporción que una persona respondió en { $threshold }
    .name = la proporción de primeras respuestas a tiempo (first reply)
measure-solution = el tiempo medio desde la creación de un asunto hasta su solución
    .name = el tiempo hasta la solución
measure-solution-in-time = de todos los asuntos resueltos, la proporción resuelta en { $threshold }
    .name = la proporción de soluciones a tiempo
measure-satisfaction = de las respuestas a la encuesta, la proporción que dio una de las dos mejores de cinco notas
    .name = la satisfacción del cliente (CSAT)
measure-satisfaction-mean = la nota media de la encuesta
    .name = la satisfacción del cliente (CSAT), nota media
measure-satisfaction-good-of-rated = de las valoraciones buenas y malas, la proporción de buenas
    .name = la satisfacción del cliente (CSAT), valoraciones buenas
measure-recommendation = la proporción de promotores (notas 9 y 10) menos la de detractores (notas 0 a 6), en puntos de -100 a 100
    .name = la recomendación (NPS)
measure-quality = los puntos obtenidos de los posibles en los contactos evaluados
    .name = la nota de calidad (quality score)
measure-mystery-calls = de las llamadas de prueba, la proporción aprobada
    .name = las llamadas de cliente misterioso (mystery calls) aprobadas
measure-occupancy = del tiempo productivo de los agentes, la proporción en que atendieron a clientes
    .name = la ocupación (occupancy)
measure-staffing = las horas productivas como proporción de las solicitadas
    .name = la cobertura de personal (staffing)
measure-adherence = del tiempo programado de los agentes, la proporción en que hicieron lo programado
    .name = la adherencia al horario (adherence)
measure-attrition = los agentes que se fueron, como proporción del número medio de agentes
    .name = la rotación (attrition)
measure-uptime = de las horas acordadas, la proporción en que el servicio estuvo disponible
    .name = la disponibilidad (uptime)
