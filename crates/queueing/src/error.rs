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
    /// A slowdown of contacts worked on together that is none: not from 1 on, falling, or of more than a hundred.
    #[error("the slowdown of contacts worked on together must begin with 1 and not fall, for at most 100 at once")]
    Slowdown,
    /// A target that no number of agents reaches, such as 100 % within 20 seconds.
    #[error("no number of agents reaches this target")]
    Unreachable,
    /// A target that is met however heavy the load.
    #[error("this target is met at any load")]
    AnyLoad,
    /// More callers call again than are answered: the queue has no steady state.
    #[error("so many callers call again that the queue never settles; it takes more agents")]
    NeverSettles,
    /// No patience makes this share of the contacts hang up.
    #[error(
        "{share} of these contacts cannot hang up: with any patience they are more than {above} and less than {below}"
    )]
    NoPatience {
        /// The share.
        share: f64,
        /// Of callers of endless patience.
        above: f64,
        /// Of callers without any.
        below: f64,
    },
    /// A queue with fewer places than agents, or with more than 100,000.
    #[error("{places} places do not suit {agents} agents; there must be as many as agents, and at most 100,000")]
    Places {
        /// Agents.
        agents: u32,
        /// Contacts that fit, in handling and waiting.
        places: u32,
    },
}
