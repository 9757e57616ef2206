//! The words that providers use for units.

use longshore_units::{Exact, Factor};

/// Words for units, by the contract's own.
const WORDS: [(&str, &[&str]); 9] = [
    ("minute", &["minute", "minutes", "min", "mins", "minuten", "minutos"]),
    ("hour", &["hour", "hours", "h", "hr", "hrs", "agent hour", "agent hours", "stunden", "horas"]),
    ("contact", &["contact", "contacts", "call", "calls", "chat", "chats", "email", "emails"]),
    ("leg", &["leg", "legs"]),
    ("agent-month", &["agent month", "agent months", "fte", "ftes", "seat", "seats"]),
    ("resolution", &["resolution", "resolutions", "resolved", "ticket", "tickets"]),
    ("sale", &["sale", "sales"]),
    ("lead", &["lead", "leads"]),
    ("appointment", &["appointment", "appointments"]),
];

/// The contract's word for a unit that a provider names; none for a word that is not known.
pub(crate) fn known(unit: &str) -> Option<&'static str> {
    let unit = crate::item::plain(unit);
    WORDS.iter().find(|(_, words)| words.contains(&unit.as_str())).map(|(word, _)| *word)
}

/// How many of the contract's unit one of the provider's is. `None` where they are not the same kind of thing; where the
/// provider's word is not known it is taken for the contract's.
pub(crate) fn conversion(billed: &str, contracted: &str) -> Option<Factor> {
    let Some(billed) = known(billed) else { return Some(Factor::one()) };
    let contracted = if contracted == "agent-hour" { "hour" } else { contracted };
    match (billed, contracted) {
        (one, other) if one == other => Some(Factor::one()),
        ("hour", "minute") => Some(Factor(Exact::from(60u64))),
        ("minute", "hour") => Factor::share(1, 60),
        (_, "item" | "cost") => Some(Factor::one()), // Whatever is reported is counted in its own unit.
        _ => None,
    }
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
        assert_eq!(factor("Calls", "resolution"), None);
        assert_eq!(factor("Pauschale", "minute").as_deref(), Some("1"));
    }
}
