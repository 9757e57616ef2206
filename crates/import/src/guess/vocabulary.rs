//! Words that systems write above columns and in them, in English and Spanish: small letters, without accents and signs.

/// What stands above columns of contacts, the likelier first.
pub(super) const OF_CONTACTS: &[(&str, &[&str])] = &[
    (
        "contact_id",
        &[
            "call id",
            "contact id",
            "interaction id",
            "conversation id",
            "session id",
            "callid",
            "contactid",
            "conversationid",
            "uniqueid",
            "unique id",
            "linkedid",
            "ticket id",
            "chat id",
            "id llamada",
            "id de llamada",
            "id contacto",
            "id de contacto",
            "call",
            "id",
        ],
    ),
    ("date", &["date", "day", "call date", "start date", "fecha", "fecha de llamada", "dia"]),
    (
        "offered_at",
        &[
            "offered at",
            "offered",
            "queue start",
            "q start",
            "enqueue time",
            "enqueued",
            "start",
            "start time",
            "call start",
            "start date time",
            "date time",
            "datetime",
            "timestamp",
            "conversationstart",
            "inicio",
            "hora de inicio",
            "hora inicio",
            "fecha y hora",
            "fecha hora",
            "time",
            "hora",
        ],
    ),
    (
        "answered_at",
        &[
            "answered at",
            "answered",
            "answer",
            "answer time",
            "connect time",
            "connected",
            "agent start",
            "ser start",
            "respondida",
            "hora de respuesta",
            "atendida",
        ],
    ),
    (
        "ended_at",
        &[
            "ended at",
            "end",
            "end time",
            "call end",
            "disconnect time",
            "hangup",
            "hangup time",
            "conversationend",
            "ser exit",
            "fin",
            "hora de fin",
            "hora fin",
            "final",
        ],
    ),
    (
        "wait",
        &[
            "queue wait time",
            "queue wait",
            "wait time",
            "wait",
            "time in queue",
            "queue time",
            "q time",
            "waiting time",
            "speed of answer",
            "queue secs",
            "tiempo de espera",
            "espera",
            "tiempo en cola",
            "wait s",
            "wait sec",
            "wait seconds",
            "wait ms",
            "wait min",
        ],
    ),
    ("ring", &["ring time", "ring", "alert time", "timbrado", "tiempo de timbrado"]),
    (
        "talk",
        &[
            "talk time",
            "talk",
            "talking",
            "conversation time",
            "ser time",
            "talk s",
            "talk sec",
            "talk seconds",
            "talk ms",
            "talk min",
            "talk minutes",
            "agent interaction duration",
            "billsec",
            "tiempo de conversacion",
            "conversacion",
            "tiempo de habla",
            "duration",
            "call duration",
            "duracion",
        ],
    ),
    (
        "hold",
        &["hold time", "hold", "on hold", "hold s", "hold ms", "tiempo en espera", "retencion", "tiempo de retencion"],
    ),
    (
        "wrap",
        &[
            "after call work time",
            "after call work",
            "acw",
            "acw time",
            "wrap up time",
            "wrap time",
            "wrap up",
            "wrap",
            "wrap s",
            "wrap ms",
            "trabajo posterior",
            "postllamada",
            "tiempo de cierre",
        ],
    ),
    (
        "queue",
        &[
            "queue",
            "queue name",
            "skill",
            "skill name",
            "campaign",
            "split",
            "hunt group",
            "service",
            "cola",
            "campana",
            "servicio",
        ],
    ),
    (
        "agent",
        &[
            "agent",
            "agent name",
            "agent id",
            "operator",
            "representative",
            "username",
            "server",
            "agente",
            "asesor",
            "operador",
        ],
    ),
    ("team", &["team", "agent group", "equipo", "grupo"]),
    (
        "customer",
        &[
            "ani",
            "caller id",
            "callerid",
            "caller",
            "caller number",
            "customer number",
            "customer phone",
            "customer id",
            "phone",
            "phone number",
            "from",
            "src",
            "clid",
            "telefono",
            "numero",
            "cliente",
        ],
    ),
    (
        "outcome",
        &[
            "disposition",
            "outcome",
            "result",
            "call result",
            "call status",
            "status",
            "contact disposition",
            "resultado",
            "estado",
            "disposicion",
        ],
    ),
    ("language", &["language", "idioma"]),
    ("reason", &["reason", "wrap up code", "wrapup code", "topic", "subject", "motivo", "tipificacion"]),
];

/// What stands above counts by interval.
pub(super) const OF_INTERVALS: &[(&str, &[&str])] = &[
    (
        "from",
        &[
            "interval",
            "interval start",
            "from",
            "start",
            "start time",
            "date time",
            "datetime",
            "timestamp",
            "time",
            "hora",
            "intervalo",
            "inicio",
            "fecha y hora",
            "date",
            "day",
            "fecha",
        ],
    ),
    ("date", &["date", "day", "fecha", "dia"]),
    (
        "offered",
        &[
            "offered",
            "calls offered",
            "contacts offered",
            "offered calls",
            "calls",
            "contacts",
            "volume",
            "incoming",
            "inbound",
            "acd calls offered",
            "ofrecidas",
            "llamadas ofrecidas",
            "llamadas",
            "recibidas",
            "llamadas recibidas",
            "contactos",
        ],
    ),
    (
        "answered",
        &[
            "answered",
            "calls answered",
            "handled",
            "calls handled",
            "acd calls",
            "atendidas",
            "llamadas atendidas",
            "contestadas",
        ],
    ),
    (
        "abandoned",
        &["abandoned", "calls abandoned", "abandons", "aban calls", "abandonadas", "llamadas abandonadas", "perdidas"],
    ),
    ("queue", &["queue", "queue name", "skill", "split", "campaign", "cola", "campana"]),
    ("language", &["language", "idioma"]),
];

/// What a word of outcomes comes to, by how it begins or what it holds.
pub(super) fn outcome(word: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &[&str])] = &[
        (
            "abandoned",
            &["abandon", "hang", "lost", "missed", "perdida", "no answer", "unanswered", "not answered", "colgada"],
        ),
        ("voicemail", &["voicemail", "voice mail", "buzon"]),
        ("callback_offered", &["callback", "call back", "devolucion"]),
        ("blocked_full", &["busy", "full", "ocupad", "congestion"]),
        ("blocked_closed", &["closed", "after hours", "out of hours", "fuera de horario", "cerrado"]),
        ("timed_out", &["timeout", "timed out", "time out"]),
        ("flow_out", &["overflow", "flow out", "flowout", "desborde"]),
        ("contained", &["self service", "ivr", "contained", "autoservicio"]),
        (
            "answered",
            &[
                "answered",
                "handled",
                "agent",
                "complete",
                "connected",
                "ok",
                "served",
                "atendida",
                "contestada",
                "resolved",
                "sale",
            ],
        ),
    ];
    let holds = |part: &&str| word.starts_with(*part) || word.contains(&format!(" {part}"));
    WORDS.iter().find(|(_, parts)| parts.iter().any(holds)).map(|(ours, _)| *ours)
}

#[cfg(test)]
mod tests {
    use longshore_units::bare;

    use super::*;

    #[test]
    fn every_word_is_as_it_is_compared_and_of_one_field() {
        for vocabulary in [OF_CONTACTS, OF_INTERVALS] {
            for (field, words) in vocabulary {
                for word in *words {
                    assert_eq!(bare(word), **word);
                    let fields = vocabulary.iter().filter(|(_, words)| words.contains(word)).count();
                    assert!(fields == 1 || (*field == "date" || *field == "from"), "{word} is of {fields} fields");
                }
            }
        }
    }

    #[test]
    fn outcomes_by_their_words() {
        for (word, ours) in [
            ("agent", Some("answered")),
            ("hang", Some("abandoned")),
            ("llamada perdida", Some("abandoned")),
            ("no answer", Some("abandoned")),
            ("caller abandoned", Some("abandoned")),
            ("phantom", None),
        ] {
            assert_eq!(outcome(word), ours, "{word}");
        }
    }
}
