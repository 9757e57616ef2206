### Unidades y palabras de los registros y de las condiciones.

title-unnamed = El contrato con { $provider }
in-term = en toda la vigencia
in-year = en un año del contrato
in-quarter = en un trimestre del contrato
in-month = en un mes

price-per = { $price } { $per }
share-of-sales = { $share } del importe vendido
share-of-costs = { $share } de los costos
share-of = { $share } { $of }
money-gender = masculine

unit-minute =
    .count = { $plural ->
        [one] { $number } minuto
        [many] { $number } de minutos
       *[other] { $number } minutos
    }
    .per = por minuto
    .gender = masculine
unit-hour =
    .count = { $plural ->
        [one] { $number } hora
        [many] { $number } de horas
       *[other] { $number } horas
    }
    .per = por hora
    .gender = feminine
unit-agent-hour =
    .count = { $plural ->
        [one] { $number } hora de agente
        [many] { $number } de horas de agente
       *[other] { $number } horas de agente
    }
    .per = por hora de agente
    .gender = feminine
unit-agent-month =
    .count = { $plural ->
        [one] { $number } mes de agente
        [many] { $number } de meses de agente
       *[other] { $number } meses de agente
    }
    .per = por mes de agente
    .gender = masculine
unit-agent =
    .count = { $plural ->
        [one] { $number } agente
        [many] { $number } de agentes
       *[other] { $number } agentes
    }
    .per = por agente
    .gender = masculine
unit-contact =
    .count = { $plural ->
        [one] { $number } contacto
        [many] { $number } de contactos
       *[other] { $number } contactos
    }
    .per = por contacto
    .gender = masculine
unit-leg =
    .count = { $plural ->
        [one] { $number } etapa (leg)
        [many] { $number } de etapas (legs)
       *[other] { $number } etapas (legs)
    }
    .per = por etapa (leg)
    .gender = feminine
unit-resolution =
    .count = { $plural ->
        [one] { $number } resolución
        [many] { $number } de resoluciones
       *[other] { $number } resoluciones
    }
    .per = por resolución
    .gender = feminine
unit-sale =
    .count = { $plural ->
        [one] { $number } venta
        [many] { $number } de ventas
       *[other] { $number } ventas
    }
    .per = por venta
    .gender = feminine
unit-lead =
    .count = { $plural ->
        [one] { $number } cliente potencial (lead)
        [many] { $number } de clientes potenciales (leads)
       *[other] { $number } clientes potenciales (leads)
    }
    .per = por cliente potencial (lead)
    .gender = masculine
unit-appointment =
    .count = { $plural ->
        [one] { $number } cita
        [many] { $number } de citas
       *[other] { $number } citas
    }
    .per = por cita
    .gender = feminine
unit-item =
    .count = { $plural ->
        [one] { $number } unidad
        [many] { $number } de unidades
       *[other] { $number } unidades
    }
    .per = por unidad
    .gender = feminine
unit-month =
    .count = { $plural ->
        [one] { $number } mes
        [many] { $number } de meses
       *[other] { $number } meses
    }
    .per = por mes
    .gender = masculine
unit-other =
    .count = { $number } × { $unit }
    .per = por { $unit }
    .gender = masculine

times = { $plural ->
    [one] { $number } vez
   *[other] { $number } veces
}
points = { $plural ->
    [one] { $number } punto
   *[other] { $number } puntos
}
percentage-points = { $plural ->
    [one] { $number } punto porcentual
   *[other] { $number } puntos porcentuales
}

## Partes del tiempo de un contacto y horas de un horario

part-talk = conversación (talk)
part-hold = espera en línea (hold)
part-wrap = trabajo posterior al contacto (wrap)
part-ring = timbre en el puesto del agente (ring)
part-wait = espera en la cola (wait)
hours-requested = las horas solicitadas por el comprador (requested)
    .of = de las horas solicitadas
hours-scheduled = las horas programadas por el proveedor (scheduled)
    .of = de las horas programadas
hours-productive = las horas en que los agentes estuvieron disponibles o trabajando (productive)
    .of = de las horas productivas

## Qué registros

only-contact = Solo cuentan los contactos que cumplen todo esto — { $criteria }.
only-leg = Solo cuentan las etapas (legs) que cumplen todo esto — { $criteria }.
only-agent = Solo cuentan los agentes que cumplen todo esto — { $criteria }.
only-agent-time = Solo cuenta el tiempo que cumple todo esto — { $criteria }.
only-schedule = Solo cuentan las entradas del horario que cumplen todo esto — { $criteria }.
only-reported = Solo cuentan las partidas que cumplen todo esto — { $criteria }.
criterion = { $field }: { $values }
criterion-talk = conversación: más de { $time }
criterion-approved = aprobado: sí
criterion-not-approved = aprobado: no
field-channel = canal
field-direction = sentido
field-outcome = resultado
field-queue = cola
field-last_queue = última cola
field-language = idioma
field-reason = motivo
field-program = programa
field-site = sede
field-team = equipo
field-state = estado
field-what = concepto
channel-voice = voz
channel-chat = chat
channel-email = correo electrónico
channel-social = redes sociales
channel-text = mensaje de texto
direction-inbound = entrante (inbound)
direction-outbound = saliente (outbound)
outcome-answered = atendido
outcome-abandoned = abandonado por quien llama
outcome-timed_out = despedido tras una espera demasiado larga
outcome-exit_key = salió de la cola con una tecla
outcome-left_empty = salió de una cola que nadie atendía
outcome-blocked_full = rechazado: la cola estaba llena
outcome-blocked_closed = rechazado: la cola estaba cerrada
outcome-blocked_empty = rechazado: nadie atendía la cola
outcome-flow_out = pasado a otro equipo
outcome-callback_offered = aceptó que se le devolviera la llamada
outcome-callback_done = llamada devuelta
outcome-contained = atendido por una máquina
outcome-voicemail = dejó un mensaje de voz
outcome-unknown = desconocido
state-available = disponible
state-ringing = sonando
state-talking = en conversación
state-holding = con el cliente en espera
state-wrapping = en trabajo posterior al contacto (wrapping)
state-break = en descanso
state-training = en formación
state-meeting = en reunión
state-system = con un problema de sistema
state-offline = desconectado
state-logged-in = conectado (cualquier estado menos desconectado)
state-productive = disponible o trabajando (productive)
language-en = inglés
language-es = español
language-fr = francés
language-de = alemán
language-it = italiano
language-pt = portugués
language-ro = rumano
language-fil = filipino
language-tl = tagalo
language-zh = chino
language-ja = japonés
language-ko = coreano
language-ar = árabe
language-vi = vietnamita

## Condiciones

quantum-volume = el volumen
    .of = del volumen
quantum-forecast = el pronóstico fijado (locked forecast)
    .of = del pronóstico fijado (locked forecast)
quantum-requested = las horas de agente solicitadas por el comprador (requested)
    .of = de las horas de agente solicitadas por el comprador (requested)
quantum-scheduled = las horas de agente programadas por el proveedor (scheduled)
    .of = de las horas de agente programadas por el proveedor (scheduled)
quantum-staffed = las horas de agente trabajadas (staffed)
    .of = de las horas de agente trabajadas (staffed)
condition-less = { $left } por debajo { $kind ->
    [share] del
   *[number] de
} { $right }
condition-at-most = { $left } en { $kind ->
    [share] el { $right }
   *[number] { $right }
} como máximo
condition-more = { $left } por encima { $kind ->
    [share] del
   *[number] de
} { $right }
condition-at-least = { $left } en { $kind ->
    [share] el { $right }
   *[number] { $right }
} como mínimo
condition-of-queues = { $condition } (pronóstico de { $queues })
forecast-locked = Los porcentajes del pronóstico se refieren al pronóstico fijado (locked forecast), en la misma unidad: el que ambas partes acordaron de antemano y ya no cambia.
forecast-of = Es el pronóstico de { $queues }.

## Horarios

every-day = todos los días
every-weekday = cada { $days }
days-and-hours = { $days }, { $hours }
holidays-US-federal = días festivos federales de EE. UU.
holidays-US-federal-observed = días festivos federales de EE. UU., también en el día laborable en que se trasladan
holidays-of = días festivos oficiales ({ $country }) que siguen una regla
country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brasil
country-CA = Canadá
country-CL = Chile
country-CO = Colombia
country-CR = Costa Rica
country-CZ = Chequia
country-DE = Alemania
country-DO = República Dominicana
country-EE = Estonia
country-EG = Egipto
country-ES = España
country-FR = Francia
country-GB = Inglaterra y Gales
country-GR = Grecia
country-GT = Guatemala
country-HN = Honduras
country-HU = Hungría
country-ID = Indonesia
country-IE = Irlanda
country-IN = India
country-JM = Jamaica
country-JP = Japón
country-KE = Kenia
country-LT = Lituania
country-LV = Letonia
country-MA = Marruecos
country-MX = México
country-MY = Malasia
country-NL = Países Bajos
country-PE = Perú
country-PH = Filipinas
country-PK = Pakistán
country-PL = Polonia
country-PT = Portugal
country-RO = Rumanía
country-RS = Serbia
country-SV = El Salvador
country-TN = Túnez
country-TR = Turquía
country-VN = Vietnam
country-ZA = Sudáfrica
