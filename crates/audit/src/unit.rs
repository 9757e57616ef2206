//! The words that providers use for units.

use longshore_units::Factor;

/// Words for units, by the contract's own.
const WORDS: [(&str, &[&str]); 11] = [
    ("second", &["second", "seconds", "s", "sec", "secs", "sekunden", "segundos", "secunde"]),
    ("minute", &["minute", "minutes", "min", "mins", "minuten", "minutos", "minuto"]),
    ("hour", &["hour", "hours", "h", "hr", "hrs", "agent hour", "agent hours", "stunden", "horas", "ore"]),
    ("contact", &["contact", "contacts", "call", "calls", "chat", "chats", "email", "emails"]),
    ("leg", &["leg", "legs"]),
    ("agent-month", &["agent month", "agent months", "fte", "ftes", "seat", "seats"]),
    ("resolution", &["resolution", "resolutions", "resolved", "ticket", "tickets"]),
    ("sale", &["sale", "sales"]),
    ("lead", &["lead", "leads"]),
    ("appointment", &["appointment", "appointments"]),
    // Whatever the contract counts.
    (
        "item",
        &["item", "items", "unit", "units", "each", "ea", "pc", "pcs", "piece", "pieces", "stück", "ud", "uds", "buc"],
    ),
];

/// How many seconds a unit of time has.
fn seconds(unit: &str) -> Option<i128> {
    match unit {
        "second" => Some(1),
        "minute" => Some(60),
        "hour" | "agent-hour" => Some(3600),
        _ => None,
    }
}

/// The contract's word for a unit that a provider names; none for a word that is not known.
pub(crate) fn known(unit: &str) -> Option<&'static str> {
    let unit = longshore_units::plain(unit);
    WORDS.iter().find(|(_, words)| words.contains(&unit.as_str())).map(|(word, _)| *word)
}

/// How many of the contract's unit one of the provider's is. `None` where they are not the same kind of thing; where the
/// provider's word is not known it is taken for the contract's.
pub(crate) fn conversion(billed: &str, contracted: &str) -> Option<Factor> {
    let Some(billed) = known(billed) else { return Some(Factor::one()) };
    if let (Some(billed), Some(contracted)) = (seconds(billed), seconds(contracted)) {
        return Factor::share(billed, contracted);
    }
    let is_counted = matches!(contracted, "item" | "cost"); // Whatever is reported is counted in its own unit.
    (billed == contracted || billed == "item" || is_counted).then(Factor::one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_hours_and_calls_no_resolutions() {
        let factor = |billed, contracted| conversion(billed, contracted).map(|factor| factor.to_string());
        assert_eq!(factor("Min.", "minute").as_deref(), Some("1"));
        assert_eq!(factor("Hrs", "minute").as_deref(), Some("60"));
        assert_eq!(factor("minutes", "agent-hour").as_deref(), Some("1/60"));
        assert_eq!(factor("s", "minute").as_deref(), Some("1/60"));
        assert_eq!(factor("Sec.", "hour").as_deref(), Some("1/3600"));
        assert_eq!(factor("Calls", "resolution"), None);
        assert_eq!(factor("s", "contact"), None);
        assert_eq!(factor("pcs", "contact").as_deref(), Some("1"));
        assert_eq!(factor("Pauschale", "minute").as_deref(), Some("1"));
    }
}
