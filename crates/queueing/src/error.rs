/// What no queue can be, or no number of agents can reach.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum QueueingError {
    /// A load that is negative, not a number, or beyond what there are answers for.
    #[error("{0} is not a load from 0 to a thousand million erlangs")]
    Load(f64),
    /// A time that is negative, not a number, or beyond what there are answers for.
    #[error("{0} is not a number of seconds from 0 to 1e12")]
    Time(f64),
    /// A share that is not from 0 to 1.
    #[error("{0} is not a share from 0 to 1")]
    Share(f64),
    /// A handle time so short that nothing is handled in it.
    #[error("a mean handle time of {0} s is too short; it must be at least a microsecond")]
    Handle(f64),
    /// A patience so short that nobody waits.
    #[error(
        "a mean patience of {0} s is too short; it must be at least a microsecond (leave it out if callers never hang up)"
    )]
    Patience(f64),
    /// A day-to-day spread that is negative, not a number, or beyond what there are answers for.
    #[error("{0} is not a coefficient of variation from 0 to 3")]
    Busyness(f64),
    /// A target that no number of agents reaches, such as 100 % within 20 seconds.
    #[error("no number of agents reaches this target")]
    Unreachable,
    /// A queue with fewer places than agents, or with more than ten million.
    #[error("{places} places do not suit {agents} agents; there must be as many as agents, and at most ten million")]
    Places {
        /// Agents.
        agents: u32,
        /// Contacts that fit, in handling and waiting.
        places: u32,
    },
}
