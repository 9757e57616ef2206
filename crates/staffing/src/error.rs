use longshore_queueing::QueueingError;

/// What cannot be staffed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StaffingError {
    /// A stream of contacts that no queue can be.
    #[error("stream {stream}: {error}")]
    Stream {
        /// Its place in the pool.
        stream: usize,
        /// What is wrong with it.
        error: QueueingError,
    },
    /// A step whose number of contacts is negative, not a number or more than agents can be counted for.
    #[error("step {step}: {error}")]
    Step {
        /// Its place in the pool.
        step: usize,
        /// What is wrong with it.
        error: QueueingError,
    },
    /// A step that does not give one number of contacts for each stream.
    #[error("step {step} gives {given} numbers of contacts for {streams} streams")]
    Contacts {
        /// Its place in the pool.
        step: usize,
        /// Numbers given.
        given: usize,
        /// Streams there are.
        streams: usize,
    },
    /// Steps that end before they begin, begin before the one before ends, or end a century after the first began.
    #[error("step {step} ends before it begins, begins before the one before it ends, or is a century late")]
    Order {
        /// Its place.
        step: usize,
    },
    /// An occupancy that is not from 0 to 1.
    #[error("{0} is not a share of their time that agents can be busy")]
    Share(f64),
    /// A shift too short to be one.
    #[error("a longest shift of {0} ms is too short; it must be at least a minute")]
    ShiftMax(i64),
    /// More agents at once than a team can have.
    #[error("{agents} agents at once are too many; there can be {}", crate::roster::MAX_AGENTS)]
    TooMany {
        /// Agents.
        agents: u32,
    },
    /// More shifts than a roster has: a team too large, or a requirement that rises and falls too often.
    #[error("a roster of over {} shifts is too large", crate::roster::MAX_SHIFTS)]
    TooManyShifts,
    /// A step that no shift covers.
    #[error("step {step} takes agents, and no shift covers it")]
    Uncovered {
        /// Its place.
        step: usize,
    },
    /// A shift that ends before it begins, is not paid, or whose breaks are not inside it, increasing and apart.
    #[error("shift {candidate} ends before it begins, has no paid time, or breaks that are not within it")]
    Candidate {
        /// Its place.
        candidate: usize,
    },
    /// A share of part-time shifts that no shifts keep, or none that is from 0 to 1 and at least as much as at most.
    #[error("no shifts cover every step with the share of part-time shifts that is asked for")]
    PartTime,
    /// A shift longer than anybody may work in a week, or a week without days of work.
    #[error("nobody may work a shift of {paid_ms} ms in a week")]
    Week {
        /// Its paid time.
        paid_ms: i64,
    },
    /// The integer program was not solved.
    #[error("the integer program of the shifts was not solved: {0}")]
    Unsolved(String),
    /// Required time outside the months it is to be counted in, or months that overlap.
    #[error("{0} ms of required agent time are not in exactly one month")]
    Months(i128),
    /// A shrinkage of 1 or more, an inefficiency below 0, or no hours in a month.
    #[error("shrinkage must be from 0 to below 1, shift inefficiency at least 0, and a month's hours above 0")]
    Factors,
}
